import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { frameOf, takeFrames } from './message-frames.ts';

/** Far above the snapshot of an environment, which is a few hundred kilobytes. */
const MOST_UNREAD_BYTES = 64 * 1_024 * 1_024;
const STOP_TIMEOUT_MS = 2_000;
const STDERR_TAIL_CHARACTERS = 1_500;

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/** The process is not there: no such program, or one that may not be started. */
export class NotStarted extends Error {}

/** A process that answers JSON-RPC on its standard input and output. It ends with `stop`, or with this process. */
export class RpcProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #waiting = new Map<number, Waiting>();
  readonly #closed: Promise<void>;
  readonly #kill = (): void => void this.#child.kill('SIGKILL');
  #unread: Buffer = Buffer.alloc(0);
  #stderr = '';
  #lastId = 0;
  /** Why nothing can be asked any more. */
  #ended: Error | undefined;

  /** Without `variables` it has those of this process. */
  constructor(program: string, args: readonly string[], variables?: NodeJS.ProcessEnv) {
    this.#child = spawn(program, args, variables === undefined ? {} : { env: variables });
    process.once('exit', this.#kill);
    this.#child.once('error', (error) => this.#fail(new NotStarted(error.message)));
    this.#closed = new Promise((resolve) => {
      this.#child.once('close', (code, signal) => {
        process.off('exit', this.#kill);
        const said = this.#stderr.trim();
        this.#fail(new Error(`${program} ended (${signal ?? code}): ${said === '' ? 'it said nothing' : said}`));
        resolve();
      });
    });
    this.#child.stdout.on('data', (chunk: Buffer) => this.#read(chunk));
    this.#child.stderr.on('data', (chunk: Buffer) => {
      this.#stderr = (this.#stderr + chunk.toString()).slice(-STDERR_TAIL_CHARACTERS);
    });
    // A write after its end: the end itself says more.
    this.#child.stdin.on('error', () => {});
  }

  /**
   * Asks, and waits for the answer for `timeoutMs`. Throws what the process answers in place of a result, and
   * `NotStarted` where there is no process.
   */
  call(method: string, parameters: object, timeoutMs: number): Promise<unknown> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#end(new Error(`no answer to ${method} within ${timeoutMs} ms`)), timeoutMs);
      this.#waiting.set(id, { resolve, reject, timer });
      this.#child.stdin.write(frameOf({ jsonrpc: '2.0', id, method, params: parameters }));
    });
  }

  /** Lets the process end, or ends it where it does not within 2 s. */
  async stop(): Promise<void> {
    this.#fail(new Error('it was stopped'));
    const timer = setTimeout(this.#kill, STOP_TIMEOUT_MS);
    this.#child.stdin.end();
    await this.#closed;
    clearTimeout(timer);
  }

  #read(chunk: Buffer): void {
    try {
      const { messages, rest } = takeFrames(Buffer.concat([this.#unread, chunk]));
      this.#unread = rest;
      for (const message of messages) this.#answer(message as Answer);
    } catch (error) {
      this.#end(error as Error);
    }
    if (this.#unread.length > MOST_UNREAD_BYTES) this.#end(new Error(`an answer is above ${MOST_UNREAD_BYTES} bytes`));
  }

  #answer({ id, result, error }: Answer): void {
    const waiting = this.#waiting.get(id ?? 0);
    if (waiting === undefined) return;
    this.#waiting.delete(id ?? 0);
    clearTimeout(waiting.timer);
    if (error === undefined) waiting.resolve(result);
    else waiting.reject(new Error(error.message));
  }

  #end(reason: Error): void {
    this.#fail(reason);
    this.#kill();
  }

  #fail(reason: Error): void {
    if (this.#ended !== undefined) return;
    this.#ended = reason;
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(reason);
    }
    this.#waiting.clear();
  }
}

interface Answer {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}
