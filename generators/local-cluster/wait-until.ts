import { setTimeout as delay } from 'node:timers/promises';

const LONGEST_MS = 60_000;
const PAUSE_MS = 100;

/**
 * Asks again and again until `isDone` says yes: for what other programs do, which send no event. A question that costs
 * much may have a longer pause behind it.
 */
export async function waitUntil(
  what: string,
  isDone: () => Promise<boolean>,
  longestMs = LONGEST_MS,
  pauseMs = PAUSE_MS,
): Promise<void> {
  const deadline = Date.now() + longestMs;
  while (Date.now() < deadline) {
    if (await isDone()) return;
    await delay(pauseMs);
  }
  throw new Error(`waited ${longestMs} ms in vain until ${what}`);
}
