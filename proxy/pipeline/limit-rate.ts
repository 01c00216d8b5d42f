import { GatewayError } from '../errors.ts';
import { isRateRefusal, type RateLimits, type RateRefusal } from '../limits/rate-limits.ts';
import { estimateInputTokens } from '../limits/worst-case.ts';
import type { Stage } from '../request-state.ts';

/** Takes the request from the key's and the team's requests and tokens per minute. */
export function limitRate(options: { rateLimits: RateLimits; now: () => number }): Stage {
  return async function limitRate(ctx, next) {
    const { caller, request } = ctx.state;
    const result = await options.rateLimits.take(caller.limits, estimateInputTokens(request));
    if (isRateRefusal(result)) throw refused(result, options.now());
    ctx.state.allowance = result;
    await next();
  };
}

function refused(refusal: RateRefusal, nowMs: number): GatewayError {
  const { scope, kind, limit, remaining, resetsAtMs } = refusal;
  const resetsAt = new Date(resetsAtMs).toISOString().replace('T', ' ').replace(/\..*/, ' UTC');
  const waitSeconds = Math.max(1, Math.ceil((resetsAtMs - nowMs) / 1_000));
  const fields = { scope: scope.scope === 'key' ? 'api_key' : 'team', id: scope.id, kind, limit, remaining, resetsAt };
  const headers = { 'retry-after': String(waitSeconds), rate_limit_type: kind, reset_at: resetsAt };
  return new GatewayError('rate_limited', fields, { headers });
}
