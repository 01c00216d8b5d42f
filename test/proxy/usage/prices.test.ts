import { describe, expect, it } from 'vitest';
import { findPrices } from '../../../proxy/usage/find-prices.ts';
import { priceUsage } from '../../../proxy/usage/price-usage.ts';
import { readUsage, totalTokens } from '../../../proxy/usage/read-usage.ts';
import { readAnswerUsage } from '../../../proxy/usage/read-answer-usage.ts';
import { chatCompletion } from '../../support/upstream.ts';

const entry = (model: string, more: object = {}, info?: object) => ({
  model_name: 'm',
  litellm_params: { model, ...more },
  ...(info && { model_info: info }),
});

describe('findPrices', () => {
  it('takes a known model from the price list, in pico-USD per token', () => {
    expect(findPrices(entry('openai/gpt-4o'))).toMatchObject({
      source: 'genai-prices 0.1.8',
      input: 2_500_000,
      cachedRead: 1_250_000,
      output: 10_000_000,
      reasoning: 10_000_000,
    });
  });

  it('finds an Azure model by the name of its base model, in OpenAI’s list where Azure’s is short', () => {
    expect(findPrices(entry('azure/my-deployment'))).toBeUndefined();
    expect(findPrices(entry('azure/my-deployment', {}, { base_model: 'azure/gpt-4o' }))?.input).toBe(2_500_000);
    expect(findPrices(entry('azure/gpt-4.1-nano'))?.input).toBeGreaterThan(0);
  });

  it('knows that an embedding model has no output', () => {
    expect(findPrices(entry('openai/text-embedding-3-small'))).toMatchObject({ input: 20_000, output: 0 });
  });

  it('prefers the entry’s own prices as a whole, litellm_params before model_info', () => {
    const own = { input_cost_per_token: 0.000001, output_cost_per_token: 0.000002 };
    expect(findPrices(entry('openai/gpt-4o', own, { input_cost_per_token: 9 }))).toMatchObject({
      source: 'config',
      input: 1_000_000,
      cachedRead: 1_000_000,
      output: 2_000_000,
    });
  });

  it('does not invent a price', () => {
    expect(findPrices(entry('openai/nobody-knows'))).toBeUndefined();
    expect(findPrices(entry('openai/nobody-knows', { input_cost_per_token: 0.1 }))).toBeUndefined();
  });
});

describe('priceUsage', () => {
  it('charges each kind of token once, at its own price', () => {
    const usage = readAnswerUsage(chatCompletion());
    const prices = findPrices(entry('openai/gpt-4o'));
    if (usage === undefined || prices === undefined) throw new Error('both are known');

    expect(usage).toMatchObject({ input: 60, cachedRead: 40, output: 15, reasoning: 5 });
    expect(totalTokens(usage)).toBe(120);
    // 60 x 2.5 + 40 x 1.25 + 20 x 10 USD per million tokens = 400 micro-USD.
    expect(priceUsage(usage, prices)).toBe(400_000);
  });

  it('rounds up to a whole nano-USD', () => {
    const usage = readUsage({ prompt_tokens: 1, completion_tokens: 0 });
    const prices = findPrices(entry('openai/x', { input_cost_per_token: 1e-12, output_cost_per_token: 0 }));
    if (usage === undefined || prices === undefined) throw new Error('both are known');
    expect(priceUsage(usage, prices)).toBe(1);
  });
});

describe('readUsage', () => {
  it('does not count below zero or by halves', () => {
    const usage = readUsage({
      prompt_tokens: 5,
      completion_tokens: 'many',
      prompt_tokens_details: { cached_tokens: 9 },
    });
    expect(usage).toMatchObject({ input: 0, cachedRead: 9, output: 0 });
  });

  it.each([[null], [undefined], ['usage'], [{}]])('knows nothing from %j', (reported) => {
    expect(readUsage(reported)).toBeUndefined();
  });

  it('finds nothing in an answer that is no JSON', () => {
    expect(readAnswerUsage(Buffer.from('<html>'))).toBeUndefined();
    expect(readAnswerUsage(Buffer.from('{"usage":{"prompt_tokens":}}'))).toBeUndefined();
  });
});
