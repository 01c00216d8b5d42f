import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { handleSimulated } from './handle-simulated.ts';

export interface Simulator {
  /** http://127.0.0.1:<port>/v1 */
  readonly apiBase: string;
  /** Breaks off what is still being answered. */
  close(): Promise<void>;
}

/** An upstream that speaks OpenAI's protocol from inside the gateway: no account, no network, no cost. */
export async function startSimulator(): Promise<Simulator> {
  const server = createServer((request, response) => void handleSimulated(request, response));
  // The gateway keeps idle connections for 30 s; the side that serves must not be the first to close one.
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    apiBase: `http://127.0.0.1:${port}/v1`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
