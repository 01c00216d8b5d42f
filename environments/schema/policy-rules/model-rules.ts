import { z } from 'zod';
import { pricelessModels } from '../check-prices.ts';
import type { EnvironmentFiles } from '../environment-files.ts';
import { PROVIDERS, splitProvider } from '../providers.ts';
import { deployedModels, type Deployed } from './deployed-models.ts';
import { stateRule, type Violation } from './policy-rule.ts';

export const allowedModels = stateRule({
  says: 'Production calls and deploys only these models, each named as provider/model.',
  scope: 'production',
  exceptBy: ['model'],
  options: { models: z.array(z.string().min(1)).min(1) },
  looser: { models: 'more' },
  evaluate: ({ files }, { models }) => {
    const deployed = deployedModels(files);
    const use = `not on the list for production: use ${models.join(' or ')}`;
    const called = eachModel(files, ({ litellm_params: { model } }) => {
      const served = deployed.get(model)?.model ?? model;
      if (models.includes(served)) return undefined;
      return served === model ? `${model} is ${use}` : `${model} is the name of a deployment of ${served}, ${use}`;
    });
    return [
      ...called,
      ...deployedBesides(files, deployed, models).map(({ at, name, model }) => {
        const path = ['openai', 'deployments', at, 'model'];
        return { model: name, problem: files.settings.locate(path, `deployment ${name} serves ${model}, ${use}`) };
      }),
    ];
  },
});

export const allowedProviders = stateRule({
  says: 'Models are called at these providers only.',
  scope: 'every environment',
  exceptBy: ['model'],
  options: { providers: z.array(z.enum(Object.keys(PROVIDERS))).min(1) },
  looser: { providers: 'more' },
  evaluate: ({ files }, { providers }) =>
    eachModel(files, ({ litellm_params: { model } }) => {
      const { provider } = splitProvider(model);
      if (providers.includes(provider)) return undefined;
      return `provider ${provider} is not one that we have agreed on: use ${providers.join(' or ')}`;
    }),
});

export const knownPrice = stateRule({
  says: 'The price of every model is known, so that budgets count it.',
  scope: 'every environment',
  exceptBy: ['model'],
  options: {},
  evaluate: ({ files }) => pricelessModels(files),
});

export const httpsUpstreams = stateRule({
  says: 'Every api_base that is written out is an https address.',
  scope: 'every environment',
  exceptBy: ['model'],
  options: {},
  evaluate: ({ files: { models } }) =>
    (models.value?.model_list ?? []).flatMap(({ model_name: model, litellm_params: params }, index) => {
      if (params.api_base?.startsWith('http://') !== true) return [];
      const message = 'prompts and the credential would travel in the clear: write an https address';
      return [{ model, problem: models.locate(['model_list', index, 'litellm_params', 'api_base'], message) }];
    }),
});

/** Those that `models.yaml` does not name, and that serve something else than the list has. */
function deployedBesides(
  { models }: EnvironmentFiles,
  deployed: ReadonlyMap<string, Deployed>,
  allowed: readonly string[],
): Deployed[] {
  const named = new Set((models.value?.model_list ?? []).map(({ litellm_params: { model } }) => model));
  return [...deployed].flatMap(([name, each]) => (named.has(name) || allowed.includes(each.model) ? [] : each));
}

type ModelEntry = NonNullable<EnvironmentFiles['models']['value']>['model_list'][number];

/** A violation at `litellm_params.model` of every entry that `judge` has something to say about. */
function eachModel({ models }: EnvironmentFiles, judge: (entry: ModelEntry) => string | undefined): Violation[] {
  return (models.value?.model_list ?? []).flatMap((entry, index) => {
    const message = judge(entry);
    if (message === undefined) return [];
    const path = ['model_list', index, 'litellm_params', 'model'];
    return [{ model: entry.model_name, problem: models.locate(path, message) }];
  });
}
