import { basename } from 'node:path';
import type { EnvironmentFiles } from './environment-files.ts';
import type { ParsedFile, Problem } from './parse-yaml.ts';
import { listAt, textAt, type Path } from './value-at.ts';

interface Mention {
  readonly value: string;
  readonly file: ParsedFile<unknown>;
  readonly path: Path;
}

/** Names that logs, metrics and spend are told apart by are unique in an environment, and so is every hash. */
export function checkDuplicates({ models, teams }: EnvironmentFiles): Problem[] {
  const fileNames = teams.map(({ file }) => basename(file));
  return [
    ...teams.flatMap((team) => mention(team, ['team_alias'])).flatMap((alias) => refuseForeignName(alias, fileNames)),
    ...refuseRepeats(
      eachKey(teams, (team, path) => mention(team, [...path, 'key_alias'])),
      (alias) => `key_alias ${alias} is taken`,
      'choose another',
    ),
    ...refuseRepeats(eachKey(teams, mentionHashes), () => 'this hash is taken', 'every key has hashes of its own'),
    ...refuseRepeats(
      [...listAt(models.input, ['model_list']).keys()].flatMap((index) =>
        mention(models, ['model_list', index, 'model_info', 'id']),
      ),
      (id) => `id ${id} is taken`,
      'every deployment has its own, or none',
    ),
  ];
}

function mention(file: ParsedFile<unknown>, path: Path): Mention[] {
  const value = textAt(file.input, path);
  return value === undefined ? [] : [{ value, file, path }];
}

function mentionHashes(team: ParsedFile<unknown>, path: Path): Mention[] {
  const hashes = listAt(team.input, [...path, 'hashes']);
  return [...hashes.keys()].flatMap((index) => mention(team, [...path, 'hashes', index]));
}

function eachKey(
  teams: readonly ParsedFile<unknown>[],
  read: (team: ParsedFile<unknown>, path: Path) => Mention[],
): Mention[] {
  return teams.flatMap((team) =>
    [...listAt(team.input, ['virtual_keys']).keys()].flatMap((index) => read(team, ['virtual_keys', index])),
  );
}

function refuseRepeats(mentions: readonly Mention[], taken: (value: string) => string, fix: string): Problem[] {
  const first = new Map<string, Mention>();
  const problems: Problem[] = [];
  for (const { value, file, path } of mentions) {
    const earlier = first.get(value);
    if (earlier === undefined) {
      first.set(value, { value, file, path });
      continue;
    }
    const { line } = earlier.file.locate(earlier.path, '');
    problems.push(file.locate(path, `${taken(value)} by ${earlier.file.file}:${line}: ${fix}`));
  }
  return problems;
}

/** A file is named after its team, so no two files have one team. */
function refuseForeignName({ value, file, path }: Mention, fileNames: readonly string[]): Problem[] {
  const name = basename(file.file, '.yaml');
  if (value === name) return [];
  const isTaken = fileNames.includes(`${value}.yaml`);
  const fix = isTaken ? `${value}.yaml has that team already` : `rename the file to ${value}.yaml`;
  return [file.locate(path, `team_alias is ${value}, but the file is called ${name}.yaml: ${fix}, or write ${name}`)];
}
