import { daysUntil } from '../../environments/schema/check-expiry.ts';
import type { Environment } from '../../environments/schema/environment.ts';
import type { Team } from '../../environments/schema/team.ts';
import type { VirtualKey } from '../../environments/schema/virtual-key.ts';
import { modelNames } from './compare-access.ts';
import { pairTeams } from './compare-teams.ts';
import { pairKeys, shownPlace, type KeyPair } from './pair-keys.ts';
import type { AccessChange, Change, Refusal } from './plan.ts';

interface RefusalInput {
  readonly access: readonly AccessChange[];
  readonly renames: readonly Change<string>[];
  readonly now: Date;
}

/**
 * Whose requests end with the change: blocked, revoked and ended keys, secrets that were replaced, limits of nothing
 * and models that are gone. What is spent already is not known here.
 */
export function findRefusals(before: Environment, after: Environment, input: RefusalInput): Refusal[] {
  const accepted = new Set(after.teams.flatMap(hashesOf));
  const served = modelNames(after);
  return [
    ...pairTeams(before.teams, after.teams).flatMap((pair) =>
      stops(pair).map((reason) => ({ team: pair.name, reason })),
    ),
    ...pairKeys(before.teams, after.teams).flatMap((pair) => {
      const { alias: key, team } = shownPlace(pair);
      const reasons = [...keyStops(pair, accepted, input.now), ...newTeamStops(pair), ...stops(keysOf(pair))];
      return [...new Set(reasons)].map((reason) => ({ team, key, reason }));
    }),
    ...input.access.filter(({ kind }) => kind === 'loses').map((lost) => refusalOf(lost, served, input.renames)),
  ];
}

/** A key that only moved, or goes by another alias, is still accepted. */
function keyStops(pair: KeyPair, accepted: ReadonlySet<string>, now: Date): string[] {
  const { before, after } = keysOf(pair);
  if (before === undefined) return [];
  const gone = before.hashes.filter((hash) => !accepted.has(hash));
  if (gone.length === before.hashes.length) return [after === undefined ? 'is revoked' : 'has another secret at once'];
  return [
    ...(gone.length > 0 ? ['no longer works with its old secret'] : []),
    ...(hasEnded(after, now) && !hasEnded(before, now) ? [`ended ${after?.expires}`] : []),
  ];
}

/** What a key meets that moves to a team which is held to more than the one before. */
function newTeamStops(pair: KeyPair): string[] {
  const [before, after] = [pair.before?.team, pair.after?.team];
  return before?.team_alias === after?.team_alias ? [] : stops({ before, after });
}

function keysOf({ before, after }: KeyPair): Change<VirtualKey | undefined> {
  return { before: before?.key, after: after?.key };
}

function stops({ before, after }: Change<Team | VirtualKey | undefined>): string[] {
  if (before === undefined || after === undefined) return [];
  return [
    ...(after.blocked === true && before.blocked !== true ? ['is blocked'] : []),
    ...(after.max_budget === 0 && before.max_budget !== 0 ? ['has a budget of nothing'] : []),
    ...(after.rpm_limit === 0 && before.rpm_limit !== 0 ? ['may send no request a minute'] : []),
    ...(after.tpm_limit === 0 && before.tpm_limit !== 0 ? ['may use no token a minute'] : []),
  ];
}

function refusalOf(
  { team, key, model }: AccessChange,
  served: ReadonlySet<string>,
  renames: readonly Change<string>[],
): Refusal {
  const caller = { team, ...(key !== undefined && { key }) };
  const renamed = renames.find((rename) => rename.before === model);
  if (renamed !== undefined) return { ...caller, reason: `asks for ${model}, which is called ${renamed.after} now` };
  return { ...caller, reason: served.has(model) ? `may no longer use ${model}` : `asks for ${model}, which is gone` };
}

function hasEnded(key: VirtualKey | undefined, now: Date): boolean {
  return key?.expires !== undefined && daysUntil(key.expires, now) <= 0;
}

function hashesOf({ virtual_keys: keys }: Team): string[] {
  return keys.flatMap(({ hashes }) => hashes);
}
