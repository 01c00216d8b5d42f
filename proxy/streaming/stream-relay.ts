import type { ServerResponse } from 'node:http';
import { EventTap } from './event-tap.ts';

/** Proxies in between close a connection that is silent for long; a comment is not an event. */
const SILENCE_MS = 15_000;
const COMMENT = ': keep-alive\n\n';

export interface RelayOptions {
  readonly withholdsUsage: boolean;
  /** Names and values in turn, sent with the first frame. */
  readonly headers: readonly string[];
  /** Keeps what was sent, for the cache, up to so many bytes. */
  readonly keepBytes: number;
  readonly now: () => number;
}

/** Passes a stream of events from one upstream to one client. What must wait for the books stays in `tap.rest`. */
export class StreamRelay {
  #tap: EventTap | undefined;
  hasBegun = false;
  firstByteAtMs: number | undefined;
  readonly #response: ServerResponse;
  readonly #options: RelayOptions;
  #silence: NodeJS.Timeout | undefined;
  #kept: Buffer[] = [];
  #keptBytes = 0;

  constructor(response: ServerResponse, options: RelayOptions) {
    this.#response = response;
    this.#options = options;
  }

  /** Made when it is first wanted: most answers are no streams. */
  get tap(): EventTap {
    this.#tap ??= new EventTap(this.#options.withholdsUsage);
    return this.#tap;
  }

  /** The upstream has accepted: from here on silence is filled. */
  open(): void {
    this.#silence = setTimeout(() => {
      this.#write(Buffer.from(COMMENT), false);
      this.#silence?.refresh();
    }, SILENCE_MS);
    this.#silence.unref();
  }

  /** Takes a chunk of the upstream. False: the client reads too slowly, wait for the response's `drain`. */
  push(chunk: Buffer): boolean {
    const frames = this.tap.push(chunk);
    this.firstByteAtMs ??= this.#options.now();
    if (frames.length === 0) return true;
    this.#silence?.refresh();
    return this.#write(frames, true);
  }

  /** Ends the filling of silence; the response itself stays open. */
  close(): void {
    if (this.#silence === undefined) return;
    this.tap.end();
    clearTimeout(this.#silence);
  }

  /** All that the client got and will get, or undefined where it was too much to keep. */
  sentBytes(): Buffer | undefined {
    const size = this.#keptBytes + this.tap.rest.length;
    return size > this.#options.keepBytes ? undefined : Buffer.concat([...this.#kept, this.tap.rest], size);
  }

  /** Sends the head where no frame did so before. */
  begin(): void {
    if (this.hasBegun || this.#response.headersSent) return;
    this.hasBegun = true;
    this.#response.writeHead(200, this.#options.headers as string[]);
  }

  #write(bytes: Buffer, isKept: boolean): boolean {
    if (this.#response.destroyed || this.#response.writableEnded) return true;
    this.begin();
    if (isKept && this.#options.keepBytes > 0) this.#keep(bytes);
    return this.#response.write(bytes);
  }

  #keep(bytes: Buffer): void {
    this.#keptBytes += bytes.length;
    if (this.#keptBytes <= this.#options.keepBytes) this.#kept.push(bytes);
    else this.#kept = [];
  }
}
