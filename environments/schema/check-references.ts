import type { EnvironmentFiles } from './environment-files.ts';
import { nearestKey } from './known-keys.ts';
import type { ParsedFile, Problem } from './parse-yaml.ts';
import { listAt, textAt, type Path } from './value-at.ts';

/** Every model that a team or a key names exists, and a key names none that its team may not use. */
export function checkReferences({ models, teams }: EnvironmentFiles): Problem[] {
  const known = listAt(models.input, ['model_list']).flatMap((entry) => textAt(entry, ['model_name']) ?? []);
  // Without any, models.yaml itself is what is wrong.
  return known.length === 0 ? [] : teams.flatMap((team) => checkTeam(team, [...new Set(known)]));
}

function checkTeam(team: ParsedFile<unknown>, known: readonly string[]): Problem[] {
  const ofTeam = namedModels(team, ['models']);
  const allowed = new Set(ofTeam.map(({ model }) => model));
  const problems = ofTeam.flatMap((named) => refuseUnknown(team, named, known));
  for (const index of listAt(team.input, ['virtual_keys']).keys()) {
    for (const named of namedModels(team, ['virtual_keys', index, 'models'])) {
      problems.push(...refuseUnknown(team, named, known));
      if (!known.includes(named.model) || allowed.has(named.model) || allowed.size === 0) continue;
      const message = `the team may not use ${named.model}: add it to the team's models, or remove it here`;
      problems.push(team.locate(named.path, message));
    }
  }
  return problems;
}

interface NamedModel {
  readonly model: string;
  readonly path: Path;
}

function namedModels(team: ParsedFile<unknown>, path: Path): NamedModel[] {
  return listAt(team.input, path).flatMap((model, index) =>
    typeof model === 'string' ? [{ model, path: [...path, index] }] : [],
  );
}

function refuseUnknown(team: ParsedFile<unknown>, { model, path }: NamedModel, known: readonly string[]): Problem[] {
  if (known.includes(model)) return [];
  const near = nearestKey(model, known);
  const fix = near === undefined ? `models.yaml has ${known.join(', ')}` : `did you mean ${near}?`;
  return [team.locate(path, `model ${model} does not exist: ${fix}`)];
}
