import type { EnvironmentFiles } from './environment-files.ts';
import type { Model } from './model.ts';
import type { Problem } from './parse-yaml.ts';
import { findListedPrices } from './price-list.ts';

/** Warns of models whose price nobody knows: their spend would be unknown, and no budget could hold them. */
export function checkPrices(files: EnvironmentFiles): Problem[] {
  return pricelessModels(files).map(({ problem }) => ({ ...problem, level: 'warning' }));
}

/** The models whose price nobody knows, each with what to do about it. */
export function pricelessModels({ models }: EnvironmentFiles): { model: string; problem: Problem }[] {
  return (models.value?.model_list ?? []).flatMap((model, index) => {
    if (isPriceKnown(model)) return [];
    const message =
      `the price of ${model.litellm_params.model} is not known, so no budget can count it: ` +
      'give model_info input_cost_per_token and output_cost_per_token (USD), or base_model';
    const problem = models.locate(['model_list', index, 'litellm_params', 'model'], message);
    return [{ model: model.model_name, problem }];
  });
}

/** As the gateway finds prices: an input price of the entry's own replaces the price list as a whole. */
function isPriceKnown({ litellm_params: params, model_info: info }: Model): boolean {
  const input = params.input_cost_per_token ?? info?.input_cost_per_token;
  const output = params.output_cost_per_token ?? info?.output_cost_per_token;
  if (input !== undefined) return output !== undefined || info?.mode === 'embedding';
  return findListedPrices({ model: params.model, baseModel: info?.base_model }) !== undefined;
}
