import { calcPrice } from '@pydantic/genai-prices';
import type { Model } from '../../environments/schema/model.ts';
import { usdToPicoUsd } from '../../environments/schema/money.ts';
import { priceListsOf, splitProvider } from '../../environments/schema/providers.ts';
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

type ListedPrices = Partial<
  Record<'input' | 'cachedRead' | 'cacheWrite' | 'audioInput' | 'output' | 'audioOutput', number>
>;

function findListed(entry: Model): ListedPrices | undefined {
  const { provider, upstreamModel } = splitProvider(entry.litellm_params.model);
  const model = entry.model_info?.base_model?.replace(/^[a-z_]+\//, '') ?? upstreamModel;
  for (const providerId of priceListsOf(provider)) {
    const found = calcPrice({ input_tokens: 1, output_tokens: 1 }, model, { providerId });
    if (found === null) continue;
    const price = (kind: string) => perMillion(found.model_price[kind]);
    const output = price('output_mtok');
    return definedOnly({
      input: price('input_mtok'),
      cachedRead: price('cache_read_mtok'),
      cacheWrite: price('cache_write_mtok'),
      audioInput: price('input_audio_mtok'),
      // An embedding model has no price for output, and no output.
      output: output ?? 0,
      audioOutput: price('output_audio_mtok'),
    });
  }
  return undefined;
}

function perMillion(price: number | { base: number } | undefined): number | undefined {
  if (price === undefined) return undefined;
  const usd = typeof price === 'number' ? price : price.base;
  return Math.round(usd * PICO_USD_PER_TOKEN_AT_ONE_USD_PER_MILLION);
}

function picoUsd(usdPerToken: number | undefined): number | undefined {
  return usdPerToken === undefined ? undefined : usdToPicoUsd(usdPerToken);
}
