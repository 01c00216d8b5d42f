import { join } from 'node:path';
import { problemOf } from '../parse-yaml.ts';
import { changeRule } from './policy-rule.ts';

export const environmentRemoval = changeRule({
  says: 'An environment of production is not deleted.',
  needs: 'base',
  label: 'environment-removal',
  exceptBy: [],
  options: {},
  evaluate: ({ environments }) =>
    environments
      .filter(({ isProduction, base, head }) => isProduction && base !== undefined && head === undefined)
      .map(({ name, folder }) => ({
        environment: name,
        problem: problemOf(
          join(folder, 'environment.yaml'),
          `environment ${name} is deleted from Git: what runs there goes on, and nothing updates it any more`,
        ),
      })),
});
