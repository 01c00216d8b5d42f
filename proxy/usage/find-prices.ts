import type { Model } from '../../environments/schema/model.ts';
import { usdToPicoUsd } from '../../environments/schema/money.ts';
import { findListedPrices, type ListedPrices } from '../../environments/schema/price-list.ts';
import type { TokenPrices } from '../spend/spend-log.ts';

const PICO_USD_PER_TOKEN_AT_ONE_USD_PER_MILLION = 1_000_000;
const PRICE_LIST = 'genai-prices 0.1.8';

/**
 * The prices of a deployment: the entry's own overrides first (litellm_params, then model_info), the price list for
 * what they leave out. Undefined where neither knows the price of input and output.
 */
export function findPrices(entry: Model): TokenPrices | undefined {
  const own = { ...entry.model_info, ...definedOnly(entry.litellm_params) } as Model['litellm_params'];
  const isOverridden = own.input_cost_per_token !== undefined;
  // An override replaces the list as a whole: a mix of two sources would be nobody's price.
  const listed = isOverridden ? undefined : findListed(entry);
  const input = picoUsd(own.input_cost_per_token) ?? listed?.input;
  const output = picoUsd(own.output_cost_per_token) ?? listed?.output ?? (isEmbedding(entry) ? 0 : undefined);
  if (input === undefined || output === undefined) return undefined;
  return Object.freeze({
    source: isOverridden ? 'config' : PRICE_LIST,
    input,
    cachedRead: picoUsd(own.cache_read_input_token_cost) ?? listed?.cachedRead ?? input,
    cacheWrite: picoUsd(own.cache_creation_input_token_cost) ?? listed?.cacheWrite ?? input,
    audioInput: picoUsd(own.input_cost_per_audio_token) ?? listed?.audioInput ?? input,
    output,
    reasoning: picoUsd(own.output_cost_per_reasoning_token) ?? output,
    audioOutput: picoUsd(own.output_cost_per_audio_token) ?? listed?.audioOutput ?? output,
  });
}

function isEmbedding(entry: Model): boolean {
  return entry.model_info?.mode === 'embedding';
}

/** The same without the members that are undefined. */
function definedOnly<T extends object>(values: T): { [Key in keyof T]?: NonNullable<T[Key]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}

type PicoPrices = Partial<Record<keyof ListedPrices, number>>;

function findListed({ litellm_params: params, model_info: info }: Model): PicoPrices | undefined {
  const listed = findListedPrices({ model: params.model, baseModel: info?.base_model });
  if (listed === undefined) return undefined;
  const prices = Object.entries(definedOnly(listed)).map(([kind, usd]) => [kind, perMillion(usd)]);
  return Object.fromEntries(prices) as PicoPrices;
}

function perMillion(usd: number): number {
  return Math.round(usd * PICO_USD_PER_TOKEN_AT_ONE_USD_PER_MILLION);
}

function picoUsd(usdPerToken: number | undefined): number | undefined {
  return usdPerToken === undefined ? undefined : usdToPicoUsd(usdPerToken);
}
