import { setTimeout as pause } from 'node:timers/promises';
import { StartError } from '../start-error.ts';

const PAUSE_MS = 1_000;

export interface RevisionWait {
  /** The pods' addresses at the moment; looked up again in each round, since pods come and go. */
  readonly resolve: () => Promise<string[]>;
  /** The revision that an address serves; throws an error that says what is wrong with it. */
  readonly ask: (address: string) => Promise<string>;
  readonly revision: string;
  readonly withinMs: number;
  /** Told whenever the pods or what they answer change. */
  readonly print: (line: string) => void;
  /** Between two rounds. @default 1,000 */
  readonly pauseMs?: number;
}

interface Round {
  /** What is wrong with each address; empty when all is well. */
  readonly findings: readonly string[];
}

/**
 * Resolves when there is a pod, and every one of them serves the revision.
 * @throws StartError that names the pods which do not when the time is over, and what they answered
 */
export async function awaitRevision(wait: RevisionWait): Promise<void> {
  const { revision, withinMs, print, pauseMs = PAUSE_MS } = wait;
  const deadlineMs = Date.now() + withinMs;
  const timeIsOver = pause(withinMs, undefined, { ref: false });
  let told: string | undefined;
  let asked: readonly string[] = [];
  let latest: Round | undefined;

  while (Date.now() < deadlineMs) {
    // A name server or a pod that is silent must not hold this up for longer than the whole.
    const round = await Promise.race([askAll(wait, (addresses) => (asked = addresses)), timeIsOver]);
    if (round === undefined) break;
    latest = round;
    if (round.findings.length === 0) return print(`revision ${revision} on ${asked.join(', ')}`);
    const line = round.findings.join('; ');
    if (line !== told) print(`waiting: ${line}`);
    told = line;
    await pause(Math.max(0, Math.min(pauseMs, deadlineMs - Date.now())));
  }
  const silent = asked.length === 0 ? ['no name server has answered'] : asked.map((address) => `${address} is silent`);
  const findings = latest?.findings ?? silent;
  throw new StartError(
    [`revision ${revision} is not everywhere after ${withinMs / 1_000} s:`, ...findings].join('\n  '),
  );
}

async function askAll(
  { resolve, ask, revision }: RevisionWait,
  onResolved: (addresses: readonly string[]) => void,
): Promise<Round> {
  const addresses = await resolve();
  onResolved(addresses);
  if (addresses.length === 0) return { findings: ['no pod is ready'] };
  const findings = await Promise.all(
    addresses.map(async (address) => {
      try {
        const found = await ask(address);
        return found === revision ? [] : [`${address} serves revision ${found}`];
      } catch (error) {
        const { message, code } = error as NodeJS.ErrnoException;
        return [`${address} does not say: ${message || code}`];
      }
    }),
  );
  return { findings: findings.flat() };
}
