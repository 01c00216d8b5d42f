import type { Caller, Change, KeyChange, Limits, TeamChange } from './plan.ts';

/**
 * Teams and keys whose budget is smaller or counts in other windows from now on: what is spent already may be more than
 * it. A budget of nothing refuses whatever was spent, and is told as such.
 */
export function findLoweredBudgets(teams: readonly TeamChange[], keys: readonly KeyChange[]): Caller[] {
  return [
    ...teams.filter(({ limits }) => isLowered(limits)).map(({ team }) => ({ team })),
    ...keys.filter(({ limits }) => isLowered(limits)).map(({ team, alias }) => ({ team, key: alias })),
  ];
}

function isLowered({ before, after }: Change<Limits | undefined>): boolean {
  if (before === undefined || after?.maxBudget === undefined || after.maxBudget === 0) return false;
  const isSmaller = before.maxBudget === undefined || after.maxBudget < before.maxBudget;
  return isSmaller || after.budgetDuration !== before.budgetDuration;
}
