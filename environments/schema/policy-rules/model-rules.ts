import { z } from 'zod';
import { pricelessModels } from '../check-prices.ts';
import type { EnvironmentFiles } from '../environment-files.ts';
import { PROVIDERS, splitProvider } from '../providers.ts';
import { stateRule, type Violation } from './policy-rule.ts';

export const allowedModels = stateRule({
  says: 'Production calls only these models, each named as provider/model.',
  scope: 'production',
  exceptBy: ['model'],
  options: { models: z.array(z.string().min(1)).min(1) },
  looser: { models: 'more' },
  evaluate: ({ files }, { models }) =>
    eachModel(files, ({ litellm_params: { model } }) =>
      models.includes(model) ? undefined : `${model} is not on the list for production: use ${models.join(' or ')}`,
    ),
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
