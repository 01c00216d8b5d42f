import { isDeepStrictEqual } from 'node:util';
import type { Team } from '../../environments/schema/team.ts';
import type { VirtualKey } from '../../environments/schema/virtual-key.ts';
import { ceilingOf } from './budget-ceiling.ts';
import { byName, pairByName, type Pair } from './pair-by-name.ts';
import type { KeyChange, Limits, TeamChange } from './plan.ts';

/** The teams that come, go or have other limits, by name. */
export function compareTeams(before: readonly Team[], after: readonly Team[]): TeamChange[] {
  return pairTeams(before, after)
    .map((pair) => ({
      team: pair.name,
      limits: { before: limitsOf(pair.before), after: limitsOf(pair.after) },
      ceiling: { before: ceilingOf(pair.before), after: ceilingOf(pair.after) },
    }))
    .filter(({ limits }) => !isDeepStrictEqual(limits.before, limits.after));
}

/** The keys that come, go, rotate or have other limits, by team and alias. */
export function compareKeys(before: readonly Team[], after: readonly Team[]): KeyChange[] {
  return pairTeams(before, after).flatMap((team) =>
    pairKeys(team).flatMap((pair): KeyChange[] => {
      const kind = kindOf(pair);
      const limits = { before: limitsOf(pair.before), after: limitsOf(pair.after) };
      const expires = { before: pair.before?.expires, after: pair.after?.expires };
      const isSame = isDeepStrictEqual(limits.before, limits.after) && expires.before === expires.after;
      return kind === 'changed' && isSame ? [] : [{ alias: pair.name, team: team.name, kind, limits, expires }];
    }),
  );
}

export function pairTeams(before: readonly Team[], after: readonly Team[]): Pair<Team>[] {
  const nameOf = ({ team_alias: name }: Team) => name;
  return pairByName(byName(before, nameOf), byName(after, nameOf));
}

/** The keys of one team on both sides. */
export function pairKeys({ before, after }: Pair<Team>): Pair<VirtualKey>[] {
  const nameOf = ({ key_alias: name }: VirtualKey) => name;
  return pairByName(byName(before?.virtual_keys ?? [], nameOf), byName(after?.virtual_keys ?? [], nameOf));
}

/** A second hash beside an old one begins a rotation; it ends where an old one goes and its successor stays. */
function kindOf({ before, after }: Pair<VirtualKey>): KeyChange['kind'] {
  if (before === undefined) return 'added';
  if (after === undefined) return 'revoked';
  const known = new Set(before.hashes);
  const kept = after.hashes.filter((hash) => known.has(hash));
  if (kept.length < after.hashes.length && kept.length > 0) return 'rotating';
  return kept.length < known.size ? 'rotated' : 'changed';
}

function limitsOf(holder: Team | VirtualKey | undefined): Limits | undefined {
  if (holder === undefined) return undefined;
  return {
    maxBudget: holder.max_budget,
    budgetDuration: holder.budget_duration,
    rpm: holder.rpm_limit,
    tpm: holder.tpm_limit,
    models: holder.models?.toSorted(),
    isBlocked: holder.blocked === true,
  };
}
