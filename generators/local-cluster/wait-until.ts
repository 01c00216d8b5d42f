import { setTimeout as delay } from 'node:timers/promises';

const LONGEST_MS = 60_000;
const PAUSE_MS = 100;

/** Asks again and again until `isDone` says yes: for what other programs do, which send no event. */
export async function waitUntil(what: string, isDone: () => Promise<boolean>, longestMs = LONGEST_MS): Promise<void> {
  const deadline = Date.now() + longestMs;
  while (Date.now() < deadline) {
    if (await isDone()) return;
    await delay(PAUSE_MS);
  }
  throw new Error(`waited ${longestMs} ms in vain until ${what}`);
}
