import type { Environment } from '../../environments/schema/environment.ts';
import type { Team } from '../../environments/schema/team.ts';
import type { VirtualKey } from '../../environments/schema/virtual-key.ts';
import { pairKeys, pairTeams } from './compare-teams.ts';
import type { AccessChange } from './plan.ts';

/**
 * Which models teams and keys gain and lose, by what they may really use: what does not exist is used by nobody, a key
 * without models has all of its team's, and one with models has no more than its team. What a key gains or loses with
 * its whole team is told of the team alone, and keys that come or go are no gain or loss of their own.
 */
export function compareAccess(before: Environment, after: Environment): AccessChange[] {
  const [oldNames, newNames] = [modelNames(before), modelNames(after)];
  return pairTeams(before.teams, after.teams).flatMap((team) => {
    const ofTeam = compareSets(usableBy(team.before, oldNames), usableBy(team.after, newNames));
    const told = new Set(ofTeam.map(({ kind, model }) => `${kind} ${model}`));
    const ofKeys = pairKeys(team).flatMap((key) => {
      if (key.before === undefined || key.after === undefined) return [];
      const [old, now] = [keyModels(key.before, team.before), keyModels(key.after, team.after)];
      return compareSets(keep(old, oldNames), keep(now, newNames))
        .filter(({ kind, model }) => !told.has(`${kind} ${model}`))
        .map((change) => ({ team: team.name, key: key.name, ...change }));
    });
    return [...ofTeam.map((change) => ({ team: team.name, ...change })), ...ofKeys];
  });
}

/** The public names that an environment serves. */
export function modelNames({ models }: Environment): Set<string> {
  return new Set(models.model_list.map(({ model_name: name }) => name));
}

function usableBy(team: Team | undefined, served: ReadonlySet<string>): Set<string> {
  return keep(team?.models ?? [], served);
}

function keyModels(key: VirtualKey, team: Team | undefined): readonly string[] {
  const ofTeam = team?.models ?? [];
  return key.models?.filter((model) => ofTeam.includes(model)) ?? ofTeam;
}

function keep(models: readonly string[], served: ReadonlySet<string>): Set<string> {
  return new Set(models.filter((model) => served.has(model)));
}

function compareSets(before: ReadonlySet<string>, after: ReadonlySet<string>): Pick<AccessChange, 'kind' | 'model'>[] {
  const gained = [...after].filter((model) => !before.has(model)).map((model) => ({ model, kind: 'gains' as const }));
  const lost = [...before].filter((model) => !after.has(model)).map((model) => ({ model, kind: 'loses' as const }));
  return [...gained, ...lost].toSorted((a, b) => (a.model < b.model ? -1 : 1));
}
