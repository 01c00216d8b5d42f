import { calcPrice } from '@pydantic/genai-prices';
import type { Model } from '../../environments/schema/model.ts';
import { usdToPicoUsd } from '../../environments/schema/money.ts';
import { priceListsOf, splitProvider } from '../../environments/schema/providers.ts';
import type { TokenKind } from './forecast-spend-query.ts';

/** Pico-USD per token of each kind. */
export type KindPrices = Readonly<Record<TokenKind, number>>;

const PICO_USD_PER_TOKEN_AT_ONE_USD_PER_MILLION = 1_000_000;

/**
 * What each kind of token would cost on a deployment, as its gateway will find it: an input price of the entry's own
 * replaces the price list as a whole. Undefined where the price of input or output is not known.
 */
export function kindPrices({ litellm_params: params, model_info: info }: Model): KindPrices | undefined {
  const own = (field: PriceField) => pico(params[field] ?? info?.[field]);
  const ownInput = own('input_cost_per_token');
  const listed = ownInput === undefined ? listedPrices(params.model, info?.base_model) : {};
  const input = ownInput ?? listed.input;
  const output = own('output_cost_per_token') ?? listed.output ?? (info?.mode === 'embedding' ? 0 : undefined);
  if (input === undefined || output === undefined) return undefined;
  return {
    input,
    cachedRead: own('cache_read_input_token_cost') ?? listed.cachedRead ?? input,
    cacheWrite: own('cache_creation_input_token_cost') ?? listed.cacheWrite ?? input,
    audioInput: own('input_cost_per_audio_token') ?? listed.audioInput ?? input,
    output,
    reasoning: own('output_cost_per_reasoning_token') ?? output,
    audioOutput: own('output_cost_per_audio_token') ?? listed.audioOutput ?? output,
  };
}

type PriceField = Extract<keyof Model['litellm_params'], `${string}cost${string}`>;

function listedPrices(model: string, priced: string | undefined): Partial<KindPrices> {
  const { provider, upstreamModel } = splitProvider(model);
  const name = priced?.replace(/^[a-z_]+\//, '') ?? upstreamModel;
  for (const providerId of priceListsOf(provider)) {
    const found = calcPrice({ input_tokens: 1, output_tokens: 1 }, name, { providerId });
    if (found === null) continue;
    const price = (kind: string) => perMillion(found.model_price[kind]);
    const kinds = {
      input: price('input_mtok'),
      cachedRead: price('cache_read_mtok'),
      cacheWrite: price('cache_write_mtok'),
      audioInput: price('input_audio_mtok'),
      // An embedding model has no price for output, and no output.
      output: price('output_mtok') ?? 0,
      audioOutput: price('output_audio_mtok'),
    };
    return Object.fromEntries(Object.entries(kinds).filter(([, value]) => value !== undefined));
  }
  return {};
}

function perMillion(price: number | { base: number } | undefined): number | undefined {
  const usd = typeof price === 'object' ? price.base : price;
  return usd === undefined ? undefined : Math.round(usd * PICO_USD_PER_TOKEN_AT_ONE_USD_PER_MILLION);
}

function pico(usdPerToken: number | undefined): number | undefined {
  return usdPerToken === undefined ? undefined : usdToPicoUsd(usdPerToken);
}
