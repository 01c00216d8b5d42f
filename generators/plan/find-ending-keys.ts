import { daysUntil } from '../../environments/schema/check-expiry.ts';
import type { Team } from '../../environments/schema/team.ts';
import type { EnvironmentChange } from './plan.ts';

const SOON_DAYS = 30;

/** Keys that end within 30 days, the soonest first; days are counted up to the last one that has begun. */
export function findEndingKeys(teams: readonly Team[], now: Date): EnvironmentChange['ending'] {
  return teams
    .flatMap(({ team_alias: team, virtual_keys: keys }) =>
      keys.flatMap(({ key_alias: alias, expires }) =>
        expires === undefined ? [] : [{ alias, team, days: Math.ceil(daysUntil(expires, now)) }],
      ),
    )
    .filter(({ days }) => days > 0 && days <= SOON_DAYS)
    .toSorted((a, b) => a.days - b.days || (a.alias < b.alias ? -1 : 1));
}
