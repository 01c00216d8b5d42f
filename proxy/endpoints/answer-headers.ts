import type { IncomingHttpHeaders } from 'node:http';
import type { RequestState } from '../request-state.ts';

/** Upstream headers that reach the client; everything else is between the gateway and its upstream. */
const PASSED_ON = ['x-request-id', 'apim-request-id', 'openai-processing-ms', 'openai-version'] as const;

/** The head of an answer as names and values in turn: LiteLLM's names where it has one. */
export function answerHeaders(state: RequestState, contentType: string): string[] {
  const headers = ['content-type', contentType, 'x-litellm-call-id', state.requestId];
  headers.push('x-litellm-model-group', state.request.model);
  const { allowance } = state;
  if (allowance?.limitRequests !== undefined) {
    headers.push('x-ratelimit-limit-requests', String(allowance.limitRequests));
    headers.push('x-ratelimit-remaining-requests', String(allowance.remainingRequests));
  }
  if (allowance?.limitTokens !== undefined) {
    headers.push('x-ratelimit-limit-tokens', String(allowance.limitTokens));
    headers.push('x-ratelimit-remaining-tokens', String(allowance.remainingTokens));
  }
  return headers;
}

/** Adds what an attempt has to say to the head. */
export function addUpstreamHeaders(
  headers: string[],
  upstream: IncomingHttpHeaders,
  deploymentId: string,
  attempts: number,
): void {
  headers.push('x-litellm-model-id', deploymentId, 'x-litellm-attempted-retries', String(attempts - 1));
  for (const name of PASSED_ON) {
    const value = upstream[name];
    if (typeof value === 'string') headers.push(name, value);
  }
}

/** No proxy in between may hold a stream back. */
export const STREAM_HEADERS: readonly string[] = ['cache-control', 'no-cache', 'x-accel-buffering', 'no'];
