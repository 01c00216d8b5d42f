import { formatUsd } from '../../environments/schema/money.ts';
import { GatewayError } from '../errors.ts';
import { isRefusal, type BudgetRefusal, type Budgets } from '../limits/budgets.ts';
import { worstCaseNanoUsd } from '../limits/worst-case.ts';
import type { Stage } from '../request-state.ts';

/** Sets the worst case aside on the key's and the team's budget before anything is spent. */
export function reserveBudget(options: { budgets: Budgets; now: () => number }): Stage {
  return async function reserveBudget(ctx, next) {
    const { caller, request, route } = ctx.state;
    const worstCase = worstCaseNanoUsd(request, route?.deployments ?? []);
    const result = await options.budgets.reserve(caller.limits, worstCase);
    if (isRefusal(result)) throw refused(result, options.now());
    ctx.state.reservation = result;
    await next();
  };
}

/** A longer wait is not worth telling a client in seconds. */
const MAX_RETRY_AFTER_SECONDS = 86_400;
const IN_USE_RETRY_AFTER_SECONDS = 5;

function refused(refusal: BudgetRefusal, nowMs: number): GatewayError {
  const { scope, spentNanoUsd, reservedNanoUsd, limitNanoUsd, resetsAtMs } = refusal;
  const isSpent = spentNanoUsd >= limitNanoUsd;
  const fields = {
    entity: scope.scope === 'key' ? `Key=${scope.id}` : `Team=${scope.id}`,
    spent: formatUsd(spentNanoUsd),
    reserved: formatUsd(reservedNanoUsd),
    limit: formatUsd(limitNanoUsd),
  };
  const untilReset = Math.ceil((resetsAtMs - nowMs) / 1_000);
  const wait = isSpent ? Math.min(untilReset, MAX_RETRY_AFTER_SECONDS) : IN_USE_RETRY_AFTER_SECONDS;
  const headers = { 'retry-after': String(wait) };
  return new GatewayError(isSpent ? 'budget_exceeded' : 'budget_in_use', fields, { headers });
}
