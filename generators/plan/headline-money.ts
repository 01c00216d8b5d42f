import type { Change, EnvironmentChange, TeamChange } from './plan.ts';

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

function staysTeam({ limits }: TeamChange): boolean {
  return limits.before !== undefined && limits.after !== undefined;
}
