import type { EnvironmentFiles } from '../environment-files.ts';
import type { ParsedFile } from '../parse-yaml.ts';
import { listAt, textAt, type Path } from '../value-at.ts';
import { stateRule } from './policy-rule.ts';

/** It reads what is written, since a file with a wildcard may have errors and then no value. */
export const wildcardModel = stateRule({
  says: 'Production names every model in full: no * in models.yaml, teams and keys.',
  scope: 'production',
  exceptBy: ['model'],
  options: {},
  evaluate: ({ files }) =>
    namedModels(files).flatMap(({ file, path }) => {
      const model = textAt(file.input, path);
      if (model?.includes('*') !== true) return [];
      return [{ model, problem: file.locate(path, `${model} lets in models that nobody has reviewed: name each one`) }];
    }),
});

interface Place {
  readonly file: ParsedFile<unknown>;
  readonly path: Path;
}

function namedModels({ models, teams }: EnvironmentFiles): Place[] {
  const entries = indexes(models, ['model_list']).flatMap((index) => [
    { file: models, path: ['model_list', index, 'model_name'] },
    { file: models, path: ['model_list', index, 'litellm_params', 'model'] },
  ]);
  return [...entries, ...teams.flatMap(namedByTeam)];
}

function namedByTeam(file: ParsedFile<unknown>): Place[] {
  const lists = [['models'], ...indexes(file, ['virtual_keys']).map((index) => ['virtual_keys', index, 'models'])];
  return lists.flatMap((list) => indexes(file, list).map((index) => ({ file, path: [...list, index] })));
}

function indexes({ input }: ParsedFile<unknown>, path: Path): number[] {
  return [...listAt(input, path).keys()];
}
