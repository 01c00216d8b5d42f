import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { waitUntil } from '../../generators/local-cluster/wait-until.ts';

const LOG_TAIL_CHARACTERS = 2_000;
const START_MS = 30_000;

/** A real server that a test started. It ends with the test's process. */
export interface ServerProcess {
  /** Asks it to end, and waits until it has. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/**
 * Starts a program and waits until `isReady` says so. Throws with the program's last words where it ends before, or
 * is not ready within half a minute.
 */
export async function startServerProcess(
  program: string,
  args: readonly string[],
  options: SpawnOptions & { isReady: () => Promise<boolean> },
): Promise<ServerProcess> {
  const { isReady, ...spawnOptions } = options;
  const child = spawn(program, args, { ...spawnOptions, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  const keepTail = (chunk: Buffer): void => void (log = (log + chunk.toString()).slice(-LOG_TAIL_CHARACTERS));
  child.stdout?.on('data', keepTail);
  child.stderr?.on('data', keepTail);
  child.once('error', (error) => keepTail(Buffer.from(error.message)));
  const killWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', killWithUs);
  child.once('exit', () => process.off('exit', killWithUs));

  await waitUntil(
    `${program} is ready`,
    async () => {
      if (hasEnded(child)) throw new Error(`${program} ended before it was ready: ${log.trim()}`);
      return isReady();
    },
    START_MS,
  ).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  return { stop: (signal = 'SIGTERM') => endChild(child, signal) };
}

async function endChild(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}
