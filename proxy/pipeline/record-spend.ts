import { GatewayError } from '../errors.ts';
import type { RequestState, Stage } from '../request-state.ts';
import { buildSpendLog } from '../spend/build-spend-log.ts';
import type { Spend } from '../spend/start-spend.ts';
import type { GatewayMetrics } from '../telemetry/metrics.ts';
import { priceUsage } from '../usage/price-usage.ts';
import { totalTokens } from '../usage/read-usage.ts';

/**
 * Every request that names a model ends here exactly once, however it ends: its reservation is settled, its row is
 * with the journal before the last byte of its answer leaves.
 */
export function recordSpend(options: { spend: Spend; metrics: GatewayMetrics; now: () => number }): Stage {
  return async function recordSpend(ctx, next) {
    const { state } = ctx;
    const refusal = refuseUnrecordable(options.spend, state);
    if (refusal !== undefined) {
      options.metrics.countSpend(state);
      throw refusal;
    }
    let failure: unknown;
    try {
      await next();
    } catch (error) {
      failure = error;
    }
    state.costNanoUsd = costOf(state);
    state.reservation?.settle(state.costNanoUsd ?? 0);
    state.allowance?.settle(usedTokens(state));
    options.metrics.countSpend(state);
    await options.spend.append(buildSpendLog(state, failure, options.now()));
    if (failure !== undefined) throw failure;
  };
}

/** What cannot be put into the books is not begun. */
function refuseUnrecordable(spend: Spend, state: RequestState): GatewayError | undefined {
  if (!spend.isWritable) return new GatewayError('spend_unwritable', {}, { headers: { 'retry-after': '5' } });
  if (state.snapshot.mustHaveDatabase && spend.database === 'unavailable')
    return new GatewayError('database_unavailable', {}, { headers: { 'retry-after': '10' } });
  return undefined;
}

/** Tokens that an upstream worked for: a hit used none. */
function usedTokens({ outcome }: RequestState): number {
  return outcome === undefined || outcome.isCacheHit ? 0 : totalTokens(outcome.usage);
}

/** Undefined for an unknown price; a hit and a request that no upstream worked for cost nothing. */
function costOf({ outcome }: RequestState): number | undefined {
  if (outcome === undefined || outcome.isCacheHit || outcome.usageSource === 'none') return 0;
  const prices = outcome.deployment?.prices;
  return prices === undefined ? undefined : priceUsage(outcome.usage, prices);
}
