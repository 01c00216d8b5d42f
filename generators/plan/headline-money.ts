import { shownName, shownNames } from './headline-names.ts';
import type { Change, EnvironmentChange, Limits, TeamChange } from './plan.ts';
import { budget } from './print-money.ts';

/** `$4,500` or `$4,500.50`: a headline has no room for zeros. */
export function shortUsd(amount: number): string {
  const isWhole = Number.isInteger(amount);
  return amount.toLocaleString('en-US', {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: isWhole ? 0 : 2,
    maximumFractionDigits: 2,
  });
}

/** `$500 a month`. */
export function shortBudget(limits: Limits): string {
  return budget(limits).replace(/\.00(?!\d)/, '');
}

/** How much may be spent in 30 days: by the whole environment, and by the teams where that says who. */
export function ceilingClauses({ name, ceiling, teams }: EnvironmentChange): string[] {
  const ofAll = ceilingClause(name, ceiling);
  const ofTeams = teams
    .filter(staysTeam)
    .flatMap((change) => ceilingClause(`team ${change.team}`, change.ceiling) ?? []);
  if (ofAll === undefined) return ofTeams;
  return ofTeams.length === 1 ? [...ofTeams, ofAll] : [ofAll];
}

function ceilingClause(holder: string, { before, after }: Change<number | undefined>): string | undefined {
  if (before === after) return undefined;
  if (before === undefined) return `${holder} gets a monthly ceiling of ${shortUsd(after ?? 0)}`;
  if (after === undefined) return `${holder} may spend without limit, where it was ${shortUsd(before)} a month`;
  const verb = after > before ? 'rises' : 'falls';
  return `the monthly ceiling of ${holder} ${verb} from ${shortUsd(before)} to ${shortUsd(after)}`;
}

/** Money that comes in other portions, and to as much in 30 days. */
export function portionClauses({ teams }: EnvironmentChange): string[] {
  const other = teams.filter((change) => staysTeam(change) && hasOtherPortions(change));
  const [only] = other;
  if (only?.limits.before === undefined || only.limits.after === undefined) return [];
  if (other.length > 1) return [`the budgets of ${shownNames(other.map(({ team }) => team))} come in other portions`];
  const { before, after } = only.limits;
  return [`the budget of team ${shownName(only.team)} goes from ${shortBudget(before)} to ${shortBudget(after)}`];
}

function hasOtherPortions({ ceiling, limits: { before, after } }: TeamChange): boolean {
  const isSame = before?.maxBudget === after?.maxBudget && before?.budgetDuration === after?.budgetDuration;
  return ceiling.before === ceiling.after && !isSame;
}

function staysTeam({ limits }: TeamChange): boolean {
  return limits.before !== undefined && limits.after !== undefined;
}
