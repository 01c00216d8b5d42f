import type { RequestListener, ServerResponse } from 'node:http';
import type Koa from 'koa';
import compose from 'koa-compose';
import type { RequestState } from './request-state.ts';

/**
 * Runs the app's stages for each request. Koa's own callback does the same and more: it watches the response and
 * answers in the stages' place, which costs a tenth of a request here and is never wanted, since every stage writes
 * to the raw response and handle-errors.ts, the first of them, catches all.
 */
export function handleRequests(app: Koa<RequestState>, onError: (error: Error) => void): RequestListener {
  const run = compose(app.middleware);

  function failed(error: unknown, response: ServerResponse): void {
    onError(error as Error);
    response.destroy();
  }

  return function handle(request, response) {
    // A client that leaves while its answer is written is no reason to end the process.
    response.on('error', onError);
    const context = app.createContext(request, response) as Parameters<typeof run>[0];
    run(context).catch((error: unknown) => failed(error, response));
  };
}
