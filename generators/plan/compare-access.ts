import type { Environment } from '../../environments/schema/environment.ts';
import type { Team } from '../../environments/schema/team.ts';
import { pairTeams } from './compare-teams.ts';
import { pairKeys, shownPlace, type PlacedKey } from './pair-keys.ts';
import type { AccessChange } from './plan.ts';

/**
 * Which models teams and keys gain and lose, by what they may really use: what does not exist is used by nobody, a key
 * without models has all of its team's, and one with models has no more than its team. What a key gains or loses with
 * its whole team is told of the team alone, and keys that come or go are no gain or loss of their own. A team that goes
 * loses nothing: its keys are revoked, or go on with another team.
 */
export function compareAccess(before: Environment, after: Environment): AccessChange[] {
  const [oldNames, newNames] = [modelNames(before), modelNames(after)];
  const teams = pairTeams(before.teams, after.teams).map((team) => ({
    team: team.name,
    changes:
      team.after === undefined ? [] : compareSets(usableBy(team.before, oldNames), usableBy(team.after, newNames)),
  }));
  const told = new Set(
    teams.flatMap(({ team, changes }) => changes.map(({ kind, model }) => `${team}\n${kind} ${model}`)),
  );
  const ofKeys = pairKeys(before.teams, after.teams).flatMap((pair) => {
    if (pair.before === undefined || pair.after === undefined) return [];
    const { alias: key, team } = shownPlace(pair);
    const isTold = pair.before.team.team_alias === team;
    return compareSets(keep(keyModels(pair.before), oldNames), keep(keyModels(pair.after), newNames))
      .filter(({ kind, model }) => !isTold || !told.has(`${team}\n${kind} ${model}`))
      .map((change) => ({ team, key, ...change }));
  });
  return teams.flatMap(({ team, changes }) => [
    ...changes.map((change) => ({ team, ...change })),
    ...ofKeys.filter((change) => change.team === team),
  ]);
}

/** The public names that an environment serves. */
export function modelNames({ models }: Environment): Set<string> {
  return new Set(models.model_list.map(({ model_name: name }) => name));
}

function usableBy(team: Team | undefined, served: ReadonlySet<string>): Set<string> {
  return keep(team?.models ?? [], served);
}

function keyModels({ key, team }: PlacedKey): readonly string[] {
  return key.models?.filter((model) => team.models.includes(model)) ?? team.models;
}

function keep(models: readonly string[], served: ReadonlySet<string>): Set<string> {
  return new Set(models.filter((model) => served.has(model)));
}

function compareSets(before: ReadonlySet<string>, after: ReadonlySet<string>): Pick<AccessChange, 'kind' | 'model'>[] {
  const gained = [...after].filter((model) => !before.has(model)).map((model) => ({ model, kind: 'gains' as const }));
  const lost = [...before].filter((model) => !after.has(model)).map((model) => ({ model, kind: 'loses' as const }));
  return [...gained, ...lost].toSorted((a, b) => (a.model < b.model ? -1 : 1));
}
