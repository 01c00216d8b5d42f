import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './server-process.ts';

export interface PostgresServer {
  readonly pid: number;
  readonly port: number;
}

const POLL_MS = 20;
const POLLS_PER_SIGNAL = 500;

/**
 * Ends a server: SIGINT breaks its connections off and writes all down; where that takes over ten seconds, SIGQUIT
 * ends it at once, and the next start recovers from its log. False when neither helped.
 */
export async function endServer(pid: number): Promise<boolean> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (!trySignal(pid, signal)) return true;
    for (let poll = 0; poll < POLLS_PER_SIGNAL; poll += 1) {
      if (!(await isAlive(pid))) return true;
      await sleep(POLL_MS);
    }
  }
  return false;
}

function trySignal(pid: number, signal: 'SIGINT' | 'SIGQUIT'): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}
