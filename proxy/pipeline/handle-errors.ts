import type { Logger } from 'pino';
import { errorEnvelope, GatewayError } from '../errors.ts';
import type { GatewayContext, Stage } from '../request-state.ts';

/** Turns whatever a stage throws into an answer: a row of the catalogue, or a 500 that tells nothing but an id. */
export function handleErrors({ log }: { log: Logger }): Stage {
  return async function handleErrors(ctx, next) {
    try {
      await next();
    } catch (error) {
      answer(ctx, asGatewayError(ctx, error, log));
    }
  };
}

function asGatewayError(ctx: GatewayContext, error: unknown, log: Logger): GatewayError {
  if (error instanceof GatewayError) return error;
  const id = ctx.state.requestId;
  log.error({ requestId: id, err: error }, 'request failed inside the gateway');
  return new GatewayError('internal', { id }, { cause: error });
}

function answer(ctx: GatewayContext, error: GatewayError): void {
  const { res } = ctx;
  if (res.destroyed || res.writableEnded) return;
  const body = errorEnvelope(error);
  if (res.headersSent) {
    // Mid-stream there is no status left to send: an error frame says that this is no proper end.
    res.end(`data: ${body}\n\n`);
    return;
  }
  res.writeHead(error.status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'x-litellm-call-id': ctx.state.requestId,
    ...error.headers,
  });
  res.end(body);
}
