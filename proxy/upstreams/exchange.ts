import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { errors, type Client, type Dispatcher } from 'undici';
import type { ModelDeployment } from '../config/model-routes.ts';
import type { ErrorCode } from '../errors.ts';
import type { GatewayRequest } from '../request/gateway-request.ts';
import type { StreamRelay } from '../streaming/stream-relay.ts';
import type { Connections } from './connections.ts';

const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

/** How one call to one model deployment ended. */
export type AttemptResult =
  /** A whole answer, good or bad. */
  | { readonly kind: 'answered'; readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer }
  /** The events went to the relay, all but its rest. */
  | { readonly kind: 'streamed' }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly cause: Error }
  /** The client left first. */
  | { readonly kind: 'abandoned' };

export interface AttemptInput {
  readonly connections: Connections;
  readonly deployment: ModelDeployment;
  readonly request: GatewayRequest;
  readonly body: Buffer;
  readonly response: ServerResponse;
  readonly relay: StreamRelay;
  readonly now: () => number;
}

/** Sends one attempt. Never rejects: what went wrong is in the result. */
export function attempt(input: AttemptInput): Promise<AttemptResult> {
  const { connections, deployment, request, body } = input;
  const client = connections.acquire(deployment.origin);
  if (client === undefined) {
    const cause = new Error('too many open connections');
    return Promise.resolve({ kind: 'failed', code: 'upstream_unreachable', cause });
  }
  return new Promise((resolve) => {
    const timeoutMs = request.isStream ? deployment.streamTimeoutMs : deployment.timeoutMs;
    client.dispatch(
      {
        path: deployment.paths[request.endpoint],
        method: 'POST',
        headers: deployment.headers as string[],
        body,
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
      },
      new Exchange(input, client, resolve),
    );
  });
}

/** All state of one attempt in one object, as undici calls it: no closures and no streams per request. */
class Exchange implements Dispatcher.DispatchHandler {
  firstByteAtMs: number | undefined;
  readonly #input: AttemptInput;
  readonly #client: Client;
  readonly #resolve: (result: AttemptResult) => void;
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #headers: IncomingHttpHeaders = {};
  #isEvents = false;
  #chunks: Buffer[] = [];
  #size = 0;
  #isSettled = false;
  #hasLeft = false;

  constructor(input: AttemptInput, client: Client, resolve: (result: AttemptResult) => void) {
    this.#input = input;
    this.#client = client;
    this.#resolve = resolve;
    input.response.on('close', this.#onClientClose);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#hasLeft) controller.abort(new Error('client closed'));
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) return;
    this.#status = status;
    this.#headers = headers;
    this.#isEvents =
      this.#input.request.isStream &&
      status === 200 &&
      headers['content-type']?.startsWith('text/event-stream') === true;
    if (this.#isEvents) this.#input.relay.open();
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.#isEvents) {
      this.#collect(controller, chunk);
      return;
    }
    const { relay, response } = this.#input;
    const isFlowing = relay.push(chunk);
    if (relay.tap.isDone) this.#settle({ kind: 'streamed' });
    else if (!isFlowing) {
      controller.pause();
      response.once('drain', () => controller.resume());
    }
  }

  onResponseEnd(): void {
    this.#input.connections.release(this.#input.deployment.origin, this.#client);
    if (this.#isEvents) {
      this.#settle({ kind: 'streamed' });
      return;
    }
    const body = this.#chunks.length === 1 ? (this.#chunks[0] as Buffer) : Buffer.concat(this.#chunks, this.#size);
    this.#settle({ kind: 'answered', status: this.#status, headers: this.#headers, body });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#input.connections.release(this.#input.deployment.origin, this.#client);
    if (this.#hasLeft) this.#settle({ kind: 'abandoned' });
    else this.#settle({ kind: 'failed', code: failureCode(error, this.#status), cause: error });
  }

  #collect(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#size <= MAX_ANSWER_BYTES) {
      this.#chunks.push(chunk);
      return;
    }
    const cause = new Error(`answer over ${MAX_ANSWER_BYTES} bytes`);
    this.#settle({ kind: 'failed', code: 'upstream_too_large', cause });
    controller.abort(cause);
  }

  readonly #onClientClose = (): void => {
    if (this.#isSettled) return;
    this.#hasLeft = true;
    this.#controller?.abort(new Error('client closed'));
  };

  #settle(result: AttemptResult): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    this.#input.response.off('close', this.#onClientClose);
    this.#input.relay.close();
    this.#resolve(result);
  }
}

function failureCode(error: Error, status: number): ErrorCode {
  if (error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError)
    return 'upstream_timeout';
  if (error instanceof errors.ConnectTimeoutError) return 'upstream_timeout';
  return status === 0 ? 'upstream_unreachable' : 'upstream_cut';
}
