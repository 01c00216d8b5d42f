import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

export type Variables = Readonly<Record<string, string | undefined>>;

const LOG_TAIL_CHARACTERS = 1_500;

/** Processes that live and die together, with a temporary folder of their own that goes with them. */
export class ProcessGroup {
  readonly folder: string;
  /** Why the group has ended; undefined while all of it runs. */
  ended: string | undefined;
  readonly #children: ChildProcess[] = [];
  readonly #stop = (): void => this.stop();

  constructor(prefix: string) {
    this.folder = mkdtempSync(join(tmpdir(), prefix));
    process.once('exit', this.#stop);
  }

  /**
   * Starts a program of PATH with its output in a log, and with `variables` in place of this process's own where they
   * are given. When it ends by itself, all others are ended too.
   */
  start(program: string, args: readonly string[], variables?: Variables): void {
    this.throwIfEnded();
    const name = basename(program);
    const logFile = join(this.folder, `${name}.log`);
    const log = openSync(logFile, 'w');
    // In a process group of its own: Ctrl-C in a terminal reaches this process alone, which then ends all of them.
    const child = spawn(program, args, {
      cwd: this.folder,
      detached: true,
      stdio: ['ignore', log, log],
      ...(variables && { env: { ...variables } }),
    });
    closeSync(log);
    this.#children.push(child);
    child.once('error', (error) => this.#end(`${name} did not start: ${error.message}`));
    child.once('exit', (code, signal) => this.#end(`${name} ended (${signal ?? code}): ${tail(logFile)}`));
  }

  throwIfEnded(): void {
    if (this.ended !== undefined) throw new Error(this.ended);
  }

  /** Ends every process at once and removes the folder. */
  stop(): void {
    process.off('exit', this.#stop);
    this.#end('it was stopped');
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  #end(reason: string): void {
    if (this.ended !== undefined) return;
    this.ended = reason;
    for (const { pid } of this.#children) killWithChildren(pid);
  }
}

function killWithChildren(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // It has ended already.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function tail(logFile: string): string {
  try {
    return readFileSync(logFile, 'utf8').slice(-LOG_TAIL_CHARACTERS).trim();
  } catch {
    return 'it left no log';
  }
}
