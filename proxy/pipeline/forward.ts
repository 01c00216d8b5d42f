import { MAX_CACHED_BYTES } from '../cache/answer-cache.ts';
import { addUpstreamHeaders, answerHeaders, STREAM_HEADERS } from '../endpoints/answer-headers.ts';
import { GatewayError } from '../errors.ts';
import type { Stage } from '../request-state.ts';
import { tryDeployments } from '../routing/try-deployments.ts';
import type { GatewayMetrics } from '../telemetry/metrics.ts';
import { outcomeOf } from '../upstreams/outcome-of-attempt.ts';
import type { Connections } from '../upstreams/connections.ts';

const EVENT_STREAM = 'text/event-stream; charset=utf-8';

/** Sends the request to a deployment of its model, again where that may help, and keeps the answer for the books. */
export function forward(options: {
  connections: Connections;
  metrics: GatewayMetrics;
  now: () => number;
  random: () => number;
}): Stage {
  return async function forward(ctx) {
    const { state, res } = ctx;
    const { route, request, snapshot } = state;
    if (route === undefined) throw new GatewayError('model_unknown', { path: ctx.path, model: request.model });
    const isCaching = state.keepsAnswer;
    const startedAtMs = options.now();
    const tried = await tryDeployments({
      connections: options.connections,
      route,
      request,
      response: res,
      retries: snapshot.retries,
      keepBytes: isCaching && request.isStream ? MAX_CACHED_BYTES : 0,
      streamHeaders(deployment, attempts) {
        const headers = answerHeaders(state, EVENT_STREAM);
        addUpstreamHeaders(headers, {}, deployment.id, attempts);
        headers.push(...STREAM_HEADERS);
        if (isCaching) headers.push('x-tollgate-cache', 'miss');
        return headers;
      },
      now: options.now,
      random: options.random,
      onAttempt: options.metrics.countAttempt,
    });
    state.upstreamMs = options.now() - startedAtMs;
    state.outcome = outcomeOf(tried, state);
  };
}
