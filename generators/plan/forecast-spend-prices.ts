import type { Model } from '../../environments/schema/model.ts';
import { usdToPicoUsd } from '../../environments/schema/money.ts';
import { findListedPrices } from '../../environments/schema/price-list.ts';
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

function listedPrices(model: string, baseModel: string | undefined): Partial<KindPrices> {
  const found = Object.entries(findListedPrices({ model, baseModel }) ?? {});
  return Object.fromEntries(found.flatMap(([kind, usd]) => (usd === undefined ? [] : [[kind, perMillion(usd)]])));
}

function perMillion(usd: number): number {
  return Math.round(usd * PICO_USD_PER_TOKEN_AT_ONE_USD_PER_MILLION);
}

function pico(usdPerToken: number | undefined): number | undefined {
  return usdPerToken === undefined ? undefined : usdToPicoUsd(usdPerToken);
}
