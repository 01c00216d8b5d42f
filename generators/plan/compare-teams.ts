import { isDeepStrictEqual } from 'node:util';
import type { Team } from '../../environments/schema/team.ts';
import type { VirtualKey } from '../../environments/schema/virtual-key.ts';
import { ceilingOf } from './budget-ceiling.ts';
import { byName, pairByName, type Pair } from './pair-by-name.ts';
import { isElsewhere, pairKeys, shownPlace, type KeyPair } from './pair-keys.ts';
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

/** The keys that come, go, move, rotate or have other limits, by team and alias. */
export function compareKeys(before: readonly Team[], after: readonly Team[]): KeyChange[] {
  return pairKeys(before, after).flatMap((pair): KeyChange[] => {
    const [old, now] = [pair.before?.key, pair.after?.key];
    const kind = kindOf(pair);
    const limits = { before: limitsOf(old), after: limitsOf(now) };
    const expires = { before: old?.expires, after: now?.expires };
    const isSame = isDeepStrictEqual(limits.before, limits.after) && expires.before === expires.after;
    if (kind === 'changed' && isSame) return [];
    return [{ ...shownPlace(pair), kind, ...fromOf(pair), limits, expires }];
  });
}

export function pairTeams(before: readonly Team[], after: readonly Team[]): Pair<Team>[] {
  const nameOf = ({ team_alias: name }: Team) => name;
  return pairByName(byName(before, nameOf), byName(after, nameOf));
}

function fromOf(pair: KeyPair): Pick<KeyChange, 'from'> {
  return isElsewhere(pair) ? { from: shownPlace({ ...pair, after: undefined }) } : {};
}

/** A second hash beside an old one begins a rotation; it ends where an old one goes and its successor stays. */
function kindOf(pair: KeyPair): KeyChange['kind'] {
  const { before, after } = pair;
  if (before === undefined) return 'added';
  if (after === undefined) return 'revoked';
  if (pair.isMerged) return 'merged';
  if (isElsewhere(pair)) return before.team.team_alias === after.team.team_alias ? 'renamed' : 'moved';
  const known = new Set(before.key.hashes);
  const kept = after.key.hashes.filter((hash) => known.has(hash));
  if (kept.length < after.key.hashes.length && kept.length > 0) return 'rotating';
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
