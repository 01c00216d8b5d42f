import { Client } from 'undici';

// One request at a time on a connection, the one used last first. undici's own Pool searches its clients linearly for
// a free one, which costs more the more streams are open; a stack does not.

const CONNECT_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_MS = 30_000;
/** More idle connections than this to one upstream are closed. */
const MAX_IDLE = 256;
/** More streams than this to one upstream are refused: every queue has a bound. */
const MAX_OPEN = 20_000;

interface Upstream {
  readonly idle: Client[];
  open: number;
}

/** The connections to all upstreams, by origin. They outlive a change of configuration. */
export class Connections {
  readonly #upstreams = new Map<string, Upstream>();

  /** A connection for one exchange, or undefined where too many are open. Give it back with `release`. */
  acquire(origin: string): Client | undefined {
    const upstream = this.#upstreamOf(origin);
    const idle = upstream.idle.pop();
    if (idle !== undefined) return idle;
    if (upstream.open >= MAX_OPEN) return undefined;
    upstream.open += 1;
    return new Client(origin, {
      allowH2: false,
      pipelining: 1,
      connectTimeout: CONNECT_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
    });
  }

  release(origin: string, client: Client): void {
    const upstream = this.#upstreamOf(origin);
    if (!client.destroyed && !client.closed && upstream.idle.length < MAX_IDLE) {
      upstream.idle.push(client);
      return;
    }
    upstream.open -= 1;
    void client.destroy();
  }

  /** Closes every idle connection. */
  async close(): Promise<void> {
    const idle = [...this.#upstreams.values()].flatMap((upstream) => upstream.idle.splice(0));
    await Promise.all(idle.map((client) => client.destroy()));
  }

  #upstreamOf(origin: string): Upstream {
    let upstream = this.#upstreams.get(origin);
    if (upstream === undefined) {
      upstream = { idle: [], open: 0 };
      this.#upstreams.set(origin, upstream);
    }
    return upstream;
  }
}
