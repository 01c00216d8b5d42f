// The API families that the gateway speaks. Every one of them takes OpenAI's wire format; what differs is the
// address and the credential's header.

export interface ProviderFamily {
  /** How the address and the credential are built. */
  readonly protocol: 'openai' | 'azure' | 'simulator';
  /** Used when a model names no `api_base`. */
  readonly defaultApiBase?: string;
  /** LiteLLM's fallback when a model names no `api_key`. */
  readonly keyVariable?: string;
}

const openAiCompatible: ProviderFamily = { protocol: 'openai' };

export const PROVIDERS: Readonly<Record<string, ProviderFamily>> = {
  openai: { protocol: 'openai', defaultApiBase: 'https://api.openai.com/v1', keyVariable: 'OPENAI_API_KEY' },
  azure: { protocol: 'azure', keyVariable: 'AZURE_API_KEY' },
  azure_ai: openAiCompatible,
  custom_openai: openAiCompatible,
  deepseek: { protocol: 'openai', defaultApiBase: 'https://api.deepseek.com/v1', keyVariable: 'DEEPSEEK_API_KEY' },
  fireworks_ai: openAiCompatible,
  groq: { protocol: 'openai', defaultApiBase: 'https://api.groq.com/openai/v1', keyVariable: 'GROQ_API_KEY' },
  hosted_vllm: openAiCompatible,
  litellm_proxy: openAiCompatible,
  lm_studio: openAiCompatible,
  mistral: { protocol: 'openai', defaultApiBase: 'https://api.mistral.ai/v1', keyVariable: 'MISTRAL_API_KEY' },
  openai_like: openAiCompatible,
  openrouter: { protocol: 'openai', defaultApiBase: 'https://openrouter.ai/api/v1', keyVariable: 'OPENROUTER_API_KEY' },
  together_ai: { protocol: 'openai', defaultApiBase: 'https://api.together.xyz/v1', keyVariable: 'TOGETHERAI_API_KEY' },
  vllm: openAiCompatible,
  xai: { protocol: 'openai', defaultApiBase: 'https://api.x.ai/v1', keyVariable: 'XAI_API_KEY' },
  /** Answers from inside the gateway, for trials and load tests: no account, no network. */
  simulator: { protocol: 'simulator' },
};

/** `azure/gpt-4o` to its provider and what the upstream calls it; a bare name is OpenAI's. */
export function splitProvider(model: string): { provider: string; upstreamModel: string } {
  const slash = model.indexOf('/');
  if (slash === -1) return { provider: 'openai', upstreamModel: model };
  return { provider: model.slice(0, slash), upstreamModel: model.slice(slash + 1) };
}

/** Azure sells OpenAI's models, mostly at OpenAI's prices, and its own list is short. */
const PRICE_LISTS: Readonly<Record<string, readonly string[]>> = {
  azure: ['azure', 'openai'],
  azure_ai: ['azure', 'openai'],
  fireworks_ai: ['fireworks'],
  together_ai: ['together'],
  xai: ['x-ai'],
};

/** The lists of @pydantic/genai-prices in which a provider's models are looked up, in order. */
export function priceListsOf(provider: string): readonly string[] {
  return PRICE_LISTS[provider] ?? [provider];
}
