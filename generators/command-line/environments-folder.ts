import { join } from 'node:path';
import { readEnvironmentFiles, type EnvironmentFiles } from '../../environments/schema/environment-files.ts';
import { nearestKey } from '../../environments/schema/known-keys.ts';
import { environmentNames } from '../../environments/schema/load-environment.ts';
import type { ParsedFile } from '../../environments/schema/parse-yaml.ts';
import type { Team } from '../../environments/schema/team.ts';
import { Refusal } from './refusal.ts';

/** Where npm runs every script of this project, so a path from there is the one that people know. */
export const ENVIRONMENTS_FOLDER = 'environments';

/** The files of an environment. Throws a Refusal that lists those that exist. */
export function openEnvironment(environment: string): EnvironmentFiles {
  const names = environmentNames(ENVIRONMENTS_FOLDER);
  if (names.includes(environment)) return readEnvironmentFiles(join(ENVIRONMENTS_FOLDER, environment));
  throw new Refusal(`there is no environment ${environment}: ${ENVIRONMENTS_FOLDER}/ has ${names.join(', ')}`);
}

/** The file of a team. Throws a Refusal that lists the teams that exist. */
export function openTeam({ name, teams }: EnvironmentFiles, alias: string): ParsedFile<Team> {
  const file = join(ENVIRONMENTS_FOLDER, name, 'keys', `${alias}.yaml`);
  const team = teams.find((each) => each.file === file);
  if (team !== undefined) return team;
  const known = teams.map((each) => aliasOf(each));
  const near = nearestKey(alias, known);
  const fix =
    near === undefined ? `it has ${known.join(', ') || 'none'}, or write ${file} first` : `did you mean ${near}?`;
  throw new Refusal(`there is no team ${alias} in ${name}: ${fix}`);
}

/** A key by its alias, which is unique in an environment. */
export interface PlacedKey {
  readonly team: ParsedFile<Team>;
  readonly index: number;
  readonly hashes: readonly string[];
}

/** The key of an alias. Throws a Refusal that lists the keys that exist. */
export function openKey({ name, teams }: EnvironmentFiles, alias: string): PlacedKey {
  const known: string[] = [];
  for (const team of teams) {
    for (const [index, key] of (team.value?.virtual_keys ?? []).entries()) {
      if (key.key_alias === alias) return { team, index, hashes: key.hashes };
      known.push(key.key_alias);
    }
  }
  throw new Refusal(`there is no key ${alias} in ${name}: it has ${known.join(', ') || 'none'}`);
}

function aliasOf({ file }: ParsedFile<Team>): string {
  return file.slice(file.lastIndexOf('/') + 1, -'.yaml'.length);
}
