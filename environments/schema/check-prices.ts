import { calcPrice } from '@pydantic/genai-prices';
import type { EnvironmentFiles } from './environment-files.ts';
import type { Model } from './model.ts';
import type { Problem } from './parse-yaml.ts';
import { splitProvider } from './providers.ts';

/** Warns of models whose price nobody knows: their spend would be unknown, and no budget could hold them. */
export function checkPrices({ models }: EnvironmentFiles): Problem[] {
  return (models.value?.model_list ?? []).flatMap((model, index) => {
    if (hasOwnPrice(model) || hasListedPrice(model)) return [];
    const message =
      `the price of ${model.litellm_params.model} is not known, so no budget can count it: ` +
      'give model_info input_cost_per_token and output_cost_per_token (USD), or base_model';
    return [models.locate(['model_list', index, 'litellm_params', 'model'], message, 'warning')];
  });
}

function hasOwnPrice({ litellm_params: params, model_info: info }: Model): boolean {
  const input = info?.input_cost_per_token ?? params.input_cost_per_token;
  const output = info?.output_cost_per_token ?? params.output_cost_per_token;
  return input !== undefined && (output !== undefined || info?.mode === 'embedding');
}

function hasListedPrice({ litellm_params: params, model_info: info }: Model): boolean {
  const { provider, upstreamModel } = splitProvider(params.model);
  if (provider === 'simulator') return false;
  const named = splitProvider(info?.base_model ?? upstreamModel).upstreamModel;
  // Azure sells OpenAI's models, mostly at OpenAI's prices, and its own list is short.
  const lists = provider === 'azure' || provider === 'azure_ai' ? ['azure', 'openai'] : [provider];
  return lists.some((providerId) => isListed(named, providerId));
}

function isListed(model: string, providerId: string): boolean {
  const price = calcPrice({ input_tokens: 1, output_tokens: 1 }, model, { providerId });
  return price !== null && price.total_price > 0;
}
