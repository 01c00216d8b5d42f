import { describe, expect, test } from 'vitest';
import { checkPrices } from '../../../environments/schema/check-prices.ts';
import { readEnvironmentFiles } from '../../../environments/schema/environment-files.ts';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratchEnvironments } from './scratch-environments.ts';

function isWarnedOf(entry: string): boolean {
  const folder = join(scratchEnvironments(), 'dev');
  writeFileSync(join(folder, 'models.yaml'), `model_list:\n  - { model_name: m, ${entry} }\n`);
  const files = readEnvironmentFiles(folder);
  expect(files.models.problems).toEqual([]);
  return checkPrices(files).length > 0;
}

const AZURE = 'api_base: os.environ/AZURE_OPENAI_ENDPOINT';

describe('checkPrices', () => {
  test.each([
    'litellm_params: { model: gpt-4o-mini }',
    'litellm_params: { model: openai/gpt-4o }',
    'litellm_params: { model: openai/text-embedding-3-small }',
    `litellm_params: { model: azure/gpt-4o, ${AZURE} }`,
    `litellm_params: { model: azure/gpt-4o-mini, ${AZURE} }`,
    `litellm_params: { model: azure/text-embedding-3-large, ${AZURE} }`,
    `litellm_params: { model: azure/our-deployment, ${AZURE} }, model_info: { base_model: azure/gpt-4o }`,
    'litellm_params: { model: deepseek/deepseek-chat }',
    'litellm_params: { model: mistral/mistral-large-latest }',
    'litellm_params: { model: xai/grok-4 }',
    'litellm_params: { model: simulator/x }, model_info: { input_cost_per_token: 0.1, output_cost_per_token: 0 }',
    'litellm_params: { model: simulator/x, input_cost_per_token: 0.1 }, model_info: { mode: embedding }',
  ])('knows the price of %s', (entry) => {
    expect(isWarnedOf(entry)).toBe(false);
  });

  test.each([
    `litellm_params: { model: azure/our-deployment, ${AZURE} }`,
    'litellm_params: { model: openai/claude-sonnet-4-5, api_base: "https://llm.example.com/v1" }',
    'litellm_params: { model: hosted_vllm/gpt-4o, api_base: "https://llm.example.com/v1" }',
    'litellm_params: { model: simulator/gpt-4o }',
    'litellm_params: { model: openai/gpt-4o, input_cost_per_token: 0.1 }',
    'litellm_params: { model: simulator/x }, model_info: { input_cost_per_token: 0.1 }',
  ])('warns of %s', (entry) => {
    expect(isWarnedOf(entry)).toBe(true);
  });
});
