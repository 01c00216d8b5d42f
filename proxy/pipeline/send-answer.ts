import { formatUsd } from '../../environments/schema/money.ts';
import type { RequestState, Stage } from '../request-state.ts';
import type { ServerResponse } from 'node:http';

/** Sends what was held back until the request was in the books: a whole answer, or the end of a stream. */
export function sendAnswer(): Stage {
  return async function sendAnswer(ctx, next) {
    await next();
    send(ctx.res, ctx.state);
  };
}

function send(response: ServerResponse, state: RequestState): void {
  const answer = state.outcome?.answer;
  if (answer === undefined || answer.kind === 'none' || response.destroyed) return;
  if (answer.kind === 'rest') {
    if (!response.headersSent) response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    response.end(answer.bytes);
    return;
  }
  const { headers } = answer;
  headers.push('content-length', String(answer.body.length));
  if (state.costNanoUsd !== undefined) headers.push('x-litellm-response-cost', formatUsd(state.costNanoUsd));
  response.writeHead(answer.status, headers);
  response.end(answer.body);
}
