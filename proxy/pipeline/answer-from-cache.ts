import { cacheKey, MAX_CACHED_BYTES, type AnswerCache, type CachedAnswer } from '../cache/answer-cache.ts';
import { answerHeaders } from '../endpoints/answer-headers.ts';
import type Koa from 'koa';
import type { GatewayContext, Outcome, RequestState, Stage } from '../request-state.ts';
import type { GatewayMetrics } from '../telemetry/metrics.ts';

/**
 * Answers what was answered before, byte for byte, and keeps what is new. `Cache-Control: no-cache` skips the look,
 * `no-store` the keeping.
 */
export function answerFromCache(options: { cache: () => AnswerCache | undefined; metrics: GatewayMetrics }): Stage {
  return function answerFromCache(ctx, next) {
    const cache = options.cache();
    const ttlMs = ctx.state.snapshot.cacheTtlMs;
    return cache === undefined || ttlMs === undefined ? next() : answerOrKeep(ctx, next, cache, ttlMs);
  };

  async function answerOrKeep(ctx: GatewayContext, next: Koa.Next, cache: AnswerCache, ttlMs: number): Promise<void> {
    const { snapshot, request } = ctx.state;
    const control = ctx.req.headers['cache-control'] ?? '';
    const key = cacheKey(request, snapshot.cacheNamespace);

    const hit = control.includes('no-cache') ? undefined : await cache.get(key);
    options.metrics.countCacheLookup(hit !== undefined);
    if (hit !== undefined) {
      ctx.state.outcome = outcomeOfHit(ctx.state, hit, key);
      return;
    }
    ctx.state.keepsAnswer = !control.includes('no-store');
    await next();
    store(cache, key, ctx.state, ttlMs);
  }
}

function outcomeOfHit(state: RequestState, hit: CachedAnswer, key: string): Outcome {
  const headers = [...answerHeaders(state, hit.contentType), 'x-litellm-cache-key', key, 'x-tollgate-cache', 'hit'];
  return {
    answer: { kind: 'whole', status: 200, headers, body: hit.body },
    status: 'success',
    httpStatus: 200,
    errorCode: undefined,
    usage: hit.usage,
    usageSource: 'cache',
    firstByteAtMs: undefined,
    deployment: undefined,
    attempts: 0,
    isCacheHit: true,
    cacheableBody: undefined,
  };
}

function store(cache: AnswerCache, key: string, state: RequestState, ttlMs: number): void {
  const { outcome, request } = state;
  const body = outcome?.cacheableBody;
  if (outcome?.status !== 'success' || body === undefined || body.length > MAX_CACHED_BYTES) return;
  const contentType = request.isStream ? 'text/event-stream; charset=utf-8' : 'application/json';
  cache.set(key, { contentType, usage: outcome.usage, body }, ttlMs);
}
