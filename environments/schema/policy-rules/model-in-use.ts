import type { EnvironmentFiles } from '../environment-files.ts';
import { changeRule } from './policy-rule.ts';

export const modelInUse = changeRule({
  says: 'A model that a team may use does not vanish.',
  needs: 'base',
  label: 'model-removal',
  exceptBy: ['model'],
  options: {},
  evaluate: ({ environments }) =>
    environments.flatMap(({ name, base, head }) => {
      if (base === undefined || head?.models.value === undefined) return [];
      const stays = new Set(modelNames(head));
      return [...new Set(modelNames(base))].flatMap((model) => {
        const users = stays.has(model) ? [] : teamsWith(base, model);
        if (users.length === 0) return [];
        const message = `model ${model} is gone, and clients of ${users.join(', ')} may still name it: keep it beside its successor until they have moved`;
        return [{ environment: name, model, problem: head.models.locate(['model_list'], message) }];
      });
    }),
});

function modelNames({ models }: EnvironmentFiles): string[] {
  return (models.value?.model_list ?? []).map(({ model_name: name }) => name);
}

function teamsWith({ teams }: EnvironmentFiles, model: string): string[] {
  return teams.flatMap(({ value }) => (value?.models.includes(model) === true ? value.team_alias : []));
}
