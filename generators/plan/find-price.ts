import type { Model } from '../../environments/schema/model.ts';
import { usdToPicoUsd } from '../../environments/schema/money.ts';
import { findListedPrices } from '../../environments/schema/price-list.ts';
import type { Price } from './plan.ts';

const PICO_USD_PER_TOKEN_AT_ONE_USD_PER_MILLION = 1_000_000;

/**
 * What a deployment costs, in USD per million tokens, as the gateway finds it: an input price of the entry's own
 * replaces the price list as a whole. Undefined where nobody knows the input price.
 */
export function findPrice({ litellm_params: params, model_info: info }: Model, now: Date): Price | undefined {
  const input = params.input_cost_per_token ?? info?.input_cost_per_token;
  const output = params.output_cost_per_token ?? info?.output_cost_per_token;
  const ofAnswers = output === undefined ? undefined : perMillion(output);
  if (input !== undefined)
    return { input: perMillion(input), output: ofAnswers ?? (info?.mode === 'embedding' ? 0 : undefined) };
  const listed = findListPrice({ litellm_params: params, model_info: info }, now);
  return listed && { input: listed.input, output: ofAnswers ?? listed.output };
}

/** What the provider asks for it by the price list, whatever the entry says. Undefined for what is not on it. */
export function findListPrice(
  { litellm_params: params, model_info: info }: Pick<Model, 'litellm_params' | 'model_info'>,
  now: Date,
): Price | undefined {
  return findListedPrices({ model: params.model, baseModel: info?.base_model, now });
}

/** By way of whole numbers, so that 0.000003 gives 3 and nothing beside it. */
function perMillion(usdPerToken: number): number {
  return usdToPicoUsd(usdPerToken) / PICO_USD_PER_TOKEN_AT_ONE_USD_PER_MILLION;
}
