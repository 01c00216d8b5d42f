import { describe, expect, test } from 'vitest';
import { Model } from '../../../environments/schema/model.ts';
import { expandModels } from '../../../generators/import/expand-models.ts';

function placed(name: string, model: string, accessGroups: readonly string[] = []) {
  const params = { model, api_base: 'https://llm.example.com/v1' };
  return { model: Model.parse({ model_name: name, litellm_params: params }), accessGroups, index: 0 };
}

const KNOWN = [
  placed('gpt-4o', 'gpt-4o', ['general']),
  placed('gpt-4o', 'azure/gpt-4o-backup'),
  placed('chat', 'openai/gpt-4o-mini', ['general', 'cheap']),
  placed('groq/llama', 'groq/llama', ['cheap']),
];

describe("LiteLLM's words for models", () => {
  test.each([
    [[], 'all', []],
    [['*'], 'all', []],
    [['all-proxy-models', 'chat'], 'all', []],
    [['all-team-models'], 'all', []],
    [['no-default-models'], [], []],
    [['no-default-models', 'chat'], ['chat'], []],
    [['chat', 'gpt-4o'], ['gpt-4o', 'chat'], []],
    [['cheap'], ['chat', 'groq/llama'], []],
    [['general', 'chat'], ['gpt-4o', 'chat'], []],
    [['groq/*'], ['groq/llama'], []],
    [['openai/*'], ['gpt-4o'], []],
    [['gpt-*'], ['gpt-4o'], []],
    [['c.at', 'nobody', 'bedrock/*'], [], ['c.at', 'nobody', 'bedrock/*']],
  ])('%j mean %j', (written, models, unknown) => {
    expect(expandModels(written, KNOWN)).toEqual({ models, unknown });
  });
});
