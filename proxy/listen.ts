import { createServer, type RequestListener } from 'node:http';
import { isIPv6, type AddressInfo } from 'node:net';
import { StartError } from './start-error.ts';

/** Longer than the load balancer in front keeps a connection, so that it is never the gateway that closes first. */
const KEEP_ALIVE_MS = 75_000;
const HEADERS_TIMEOUT_MS = 60_000;
/** For a request to arrive whole. */
const REQUEST_TIMEOUT_MS = 300_000;
/** Without a byte in either direction; the longest silence of an upstream is shorter. */
const SOCKET_TIMEOUT_MS = 660_000;
/** Within the pod's grace period of 620 s. */
const DRAIN_DEADLINE_MS = 600_000;
const IDLE_CHECK_MS = 100;

export interface Listener {
  readonly address: string;
  readonly isDraining: boolean;
  /** Takes no new connection and resolves when every request in flight has ended. */
  readonly drain: () => Promise<void>;
}

/**
 * Listens for HTTP.
 * @throws StartError where the address cannot be had
 */
export async function listen(
  handler: RequestListener,
  { host, port }: { host: string; port: number },
): Promise<Listener> {
  let isDraining = false;
  const server = createServer(
    { keepAliveTimeout: KEEP_ALIVE_MS, headersTimeout: HEADERS_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS },
    (request, response) => {
      if (isDraining) response.setHeader('connection', 'close');
      handler(request, response);
    },
  );
  server.timeout = SOCKET_TIMEOUT_MS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(refusal(error, host, port)));
    server.listen({ host, port }, resolve);
  });

  async function drain(): Promise<void> {
    isDraining = true;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    // A connection that was busy at the close becomes idle later, and would be kept for its next request.
    const idleCheck = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
    const deadline = setTimeout(() => server.closeAllConnections(), DRAIN_DEADLINE_MS);
    await closed;
    clearInterval(idleCheck);
    clearTimeout(deadline);
  }

  const bound = server.address() as AddressInfo;
  const name = isIPv6(bound.address) ? `[${bound.address}]` : bound.address;
  return {
    address: `http://${name}:${bound.port}`,
    get isDraining() {
      return isDraining;
    },
    drain,
  };
}

/** Whether only this machine can reach the address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

function refusal({ code, message }: NodeJS.ErrnoException, host: string, port: number): StartError {
  if (code === 'EADDRINUSE')
    return new StartError(`port ${port} on ${host} is in use: stop what holds it, or choose another with --port`);
  if (code === 'EACCES') return new StartError(`port ${port} needs more rights: choose one above 1023 with --port`);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new StartError(`--host ${host} is no address of this machine`);
  return new StartError(message);
}
