import { calcPrice } from '@pydantic/genai-prices';
import { priceListsOf, splitProvider } from './providers.ts';

/** USD for a million tokens of each kind, of short prompts where long ones cost more. */
export interface ListedPrices {
  readonly input: number;
  /** 0 for embeddings, which have no output. */
  readonly output: number;
  readonly cachedRead: number | undefined;
  readonly cacheWrite: number | undefined;
  readonly audioInput: number | undefined;
  readonly audioOutput: number | undefined;
}

interface PricedModel {
  /** With its provider, such as `azure/gpt-5.4`; what an entry calls `litellm_params.model`. */
  readonly model: string;
  /** The entry's `base_model`: whose price it is, where the name says nothing. */
  readonly baseModel?: string | undefined;
  /** Decides which of dated prices counts; left out, today's. */
  readonly now?: Date;
}

/** What a model's provider asks for it by the price list. Undefined for what is not on it. */
export function findListedPrices({ model, baseModel, now }: PricedModel): ListedPrices | undefined {
  const { provider, upstreamModel } = splitProvider(model);
  const name = baseModel === undefined ? upstreamModel : splitProvider(baseModel).upstreamModel;
  for (const providerId of priceListsOf(provider)) {
    const when = now === undefined ? {} : { timestamp: now };
    const prices = calcPrice({ input_tokens: 1, output_tokens: 1 }, name, { providerId, ...when })?.model_price;
    const input = shortPrompt(prices?.['input_mtok']);
    if (prices === undefined || input === undefined) continue;
    return {
      input,
      output: shortPrompt(prices['output_mtok']) ?? 0,
      cachedRead: shortPrompt(prices['cache_read_mtok']),
      cacheWrite: shortPrompt(prices['cache_write_mtok']),
      audioInput: shortPrompt(prices['input_audio_mtok']),
      audioOutput: shortPrompt(prices['output_audio_mtok']),
    };
  }
  return undefined;
}

function shortPrompt(price: number | { base: number } | undefined): number | undefined {
  return typeof price === 'object' ? price.base : price;
}
