import { windowDays } from '../../environments/schema/policy-rules/usd-per-month.ts';
import type { Change, KeyChange, Limits, LoweredBudget, TeamChange } from './plan.ts';

/**
 * Teams and keys that may have spent more by now than they are given from now on: less money, or money that has to last
 * longer than before. A budget of nothing refuses whatever was spent, and is told as such.
 */
export function findLoweredBudgets(teams: readonly TeamChange[], keys: readonly KeyChange[]): LoweredBudget[] {
  return [
    ...teams.flatMap(({ team, limits }) => lowered({ team }, limits)),
    ...keys.flatMap(({ team, alias, limits }) => lowered({ team, key: alias }, limits)),
  ];
}

function lowered(caller: { team: string; key?: string }, limits: Change<Limits | undefined>): LoweredBudget[] {
  const { before, after } = limits;
  if (before === undefined || after?.maxBudget === undefined || after.maxBudget === 0) return [];
  return after.maxBudget < mostSpent(before, after) ? [{ ...caller, before, after }] : [];
}

/** What may have been spent in a window of the new length under the old budget, which began anew in it now and then. */
function mostSpent(before: Limits, after: Limits): number {
  if (before.maxBudget === undefined) return Number.POSITIVE_INFINITY;
  const [old, now] = [windowDays(before.budgetDuration), windowDays(after.budgetDuration)];
  return now <= old ? before.maxBudget : before.maxBudget * Math.ceil(now / old);
}
