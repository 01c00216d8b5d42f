import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

export interface PinnedProcess {
  /** Leads a process group of its own, so that workers count and stop with it. */
  readonly pid: number;
  /** Resolves at the first 2xx; rejects with the end of the program's output when it dies or never answers. */
  answers(url: string): Promise<void>;
  stop(): Promise<void>;
  /** The end of what it printed. */
  lastWords(): string;
}

export interface Program {
  readonly core: number;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly logFile: string;
}

const START_TIMEOUT_MS = 20_000;
const STOP_TIMEOUT_MS = 10_000;
const POLL_MS = 25;
const SHOWN_LOG_CHARACTERS = 2_000;

/** Starts a program on one core, its output in `logFile`. */
export function startPinned(program: Program): PinnedProcess {
  const log = openSync(program.logFile, 'a');
  const child = spawn('taskset', ['-c', String(program.core), program.command, ...program.args], {
    detached: true,
    stdio: ['ignore', log, log],
    ...(program.env === undefined ? {} : { env: program.env }),
  });
  closeSync(log);
  const { pid } = child;
  if (pid === undefined) throw new Error('taskset cannot be started');
  const lastWords = () => readFileSync(program.logFile, 'utf8').slice(-SHOWN_LOG_CHARACTERS);
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;

  return {
    pid,
    lastWords,
    async answers(url) {
      const deadline = Date.now() + START_TIMEOUT_MS;
      while (!hasEnded() && Date.now() < deadline) {
        if (await isAnswering(url)) return;
        await delay(POLL_MS);
      }
      const command = [program.command, ...program.args].join(' ');
      throw new Error(`${command} does not answer on ${url}\n${lastWords()}`);
    },
    async stop() {
      if (hasEnded()) return;
      const ended = once(child, 'exit');
      process.kill(-pid, 'SIGTERM');
      const kill = setTimeout(() => process.kill(-pid, 'SIGKILL'), STOP_TIMEOUT_MS);
      await ended;
      clearTimeout(kill);
    },
  };
}

async function isAnswering(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(1_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
