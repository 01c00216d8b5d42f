import { usdPerMonth } from '../../environments/schema/policy-rules/usd-per-month.ts';
import type { Team } from '../../environments/schema/team.ts';

const CENTS = 100;

/**
 * What a team may spend in 30 days, in USD and whole cents: `max_budget` times 30 days over `budget_duration`, where a
 * month counts as 30 days, as the gateway takes it. A budget without a duration is given once, and counts as it is.
 * Undefined without a budget.
 */
export function ceilingOf(team: Team | undefined): number | undefined {
  const usd = team === undefined ? undefined : usdPerMonth(team);
  return usd === undefined ? undefined : Math.round(usd * CENTS) / CENTS;
}

/** What all teams together may spend in 30 days; undefined where one of them has no budget. */
export function totalCeiling(teams: readonly Team[]): number | undefined {
  const ceilings = teams.map(ceilingOf);
  if (ceilings.includes(undefined)) return undefined;
  const cents = ceilings.reduce<number>((sum, usd = 0) => sum + Math.round(usd * CENTS), 0);
  return cents / CENTS;
}
