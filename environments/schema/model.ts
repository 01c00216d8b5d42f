import { z } from 'zod';
import { ModelName, referencedVariable } from './identifiers.ts';
import { nearestKey } from './known-keys.ts';
import { PROVIDERS, splitProvider } from './providers.ts';

const UsdPerToken = z.number().nonnegative().max(1);

/** Price overrides in USD per token, LiteLLM's names. They win over the built-in price list. */
const priceFields = {
  input_cost_per_token: UsdPerToken.optional(),
  output_cost_per_token: UsdPerToken.optional(),
  cache_read_input_token_cost: UsdPerToken.optional(),
  cache_creation_input_token_cost: UsdPerToken.optional(),
  output_cost_per_reasoning_token: UsdPerToken.optional(),
  input_cost_per_audio_token: UsdPerToken.optional(),
  output_cost_per_audio_token: UsdPerToken.optional(),
};

/** Seconds, as LiteLLM writes time-outs. */
const Seconds = z.number().positive().max(86_400);

const LitellmParams = z.strictObject({
  model: z.string().min(1).describe('`provider/what the upstream calls it`, such as `azure/gpt-4o`.'),
  api_key: z.string().min(1).optional(),
  api_base: z.string().min(1).optional(),
  api_version: z.string().min(1).optional(),
  organization: z.string().min(1).optional(),
  weight: z.number().positive().optional().describe('Relative share of the traffic among deployments of one name.'),
  rpm: z.int().positive().optional().describe('Capacity; the share of the traffic when no weight is given.'),
  tpm: z.int().positive().optional(),
  timeout: Seconds.optional().describe('Longest time to the whole answer, or to the first byte of a stream.'),
  stream_timeout: Seconds.optional(),
  ...priceFields,
});

const ModelInfo = z.strictObject({
  id: z
    .string()
    .min(1)
    .max(128)
    .optional()
    .describe('Fixed when rendered, so that logs and metrics keep their labels.'),
  mode: z.enum(['chat', 'embedding']).optional(),
  base_model: z
    .string()
    .min(1)
    .optional()
    .describe("The model whose price applies, where the upstream's name says nothing (an Azure deployment's name)."),
  max_tokens: z.int().positive().optional(),
  max_input_tokens: z.int().positive().optional(),
  max_output_tokens: z.int().positive().optional(),
  supports_stream_usage: z
    .boolean()
    .optional()
    .describe('False for an upstream that refuses `stream_options`: usage of streams is then estimated and marked so.'),
  ...priceFields,
});

/** One entry of `model_list`: a model deployment behind a public name. */
export const Model = z
  .strictObject({ model_name: ModelName, litellm_params: LitellmParams, model_info: ModelInfo.optional() })
  .superRefine((entry, context) => {
    const { provider, upstreamModel } = splitProvider(entry.litellm_params.model);
    const family = PROVIDERS[provider];
    const refuse = (field: string, message: string) =>
      context.addIssue({ code: 'custom', path: ['litellm_params', field], message });
    if (family === undefined) {
      refuse('model', unknownProvider(provider));
      return;
    }
    if (upstreamModel === '' || upstreamModel.includes('*'))
      refuse('model', 'name the model behind the provider, such as azure/gpt-4o; wildcards are not supported yet');
    if (entry.model_name.includes('*'))
      context.addIssue({ code: 'custom', path: ['model_name'], message: 'wildcards are not supported yet' });
    const needsBase = family.protocol !== 'simulator' && family.defaultApiBase === undefined;
    if (needsBase && entry.litellm_params.api_base === undefined)
      refuse('api_base', `provider ${provider} needs an api_base, the address of its endpoint`);
    const base = entry.litellm_params.api_base;
    if (base !== undefined && referencedVariable(base) === undefined && !/^https?:\/\/[^\s/]+/.test(base))
      refuse('api_base', 'write an http or https address, or os.environ/NAME');
  });
export type Model = z.infer<typeof Model>;

function unknownProvider(provider: string): string {
  const known = Object.keys(PROVIDERS);
  const near = nearestKey(provider, known);
  if (near !== undefined) return `there is no provider ${provider}: did you mean ${near}/?`;
  return `there is no provider ${provider}: use openai/ with an api_base for any OpenAI-compatible address, or one of ${known.join(', ')}`;
}

export const RouterSettings = z.strictObject({
  routing_strategy: z.literal('simple-shuffle').optional().describe("Weighted random choice, LiteLLM's default."),
  num_retries: z.int().nonnegative().max(10).optional().describe('Further attempts after the first. Default: 2.'),
  timeout: Seconds.optional(),
  stream_timeout: Seconds.optional(),
});

/** `models.yaml`. Credentials are references: a value in the file would be a secret in Git. */
export const Models = z.strictObject({
  model_list: z
    .array(
      Model.superRefine((entry, context) => {
        const key = entry.litellm_params.api_key;
        if (key === undefined || referencedVariable(key) !== undefined) return;
        context.addIssue({
          code: 'custom',
          path: ['litellm_params', 'api_key'],
          message: 'write os.environ/NAME: a credential never belongs in a file, rotate this key now',
          params: { isSecret: true },
        });
      }),
    )
    .min(1, 'list at least one model'),
  router_settings: RouterSettings.optional(),
});
export type Models = z.infer<typeof Models>;
