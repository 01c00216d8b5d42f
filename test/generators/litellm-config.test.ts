import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { Model, RouterSettings } from '../../environments/schema/model.ts';
import { resolveGatewayConfig } from '../../generators/resolve-gateway-config.ts';
import { exampleEnvironment, exampleModel, exampleSettings } from './example-environment.ts';

const READ = parse(readFileSync(join(import.meta.dirname, '../fixtures/litellm/config-keys.yaml'), 'utf8')) as Record<
  string,
  string[]
>;

const PRICES = {
  input_cost_per_token: 1e-6,
  output_cost_per_token: 1e-6,
  cache_read_input_token_cost: 1e-6,
  cache_creation_input_token_cost: 1e-6,
  output_cost_per_reasoning_token: 1e-6,
  input_cost_per_audio_token: 1e-6,
  output_cost_per_audio_token: 1e-6,
};

// Every key that models.yaml may have: the test below fails when the schema gets another.
const FULL_MODEL = {
  model_name: 'azure-gpt-4o',
  litellm_params: {
    ...exampleModel.litellm_params,
    organization: 'org',
    weight: 1,
    rpm: 1,
    tpm: 1,
    timeout: 1,
    stream_timeout: 1,
    ...PRICES,
  },
  model_info: {
    id: 'a',
    mode: 'chat',
    base_model: 'gpt-4o',
    max_tokens: 1,
    max_input_tokens: 1,
    max_output_tokens: 1,
    supports_stream_usage: false,
    ...PRICES,
  },
};
const FULL_ROUTER = { routing_strategy: 'simple-shuffle', num_retries: 1, timeout: 1, stream_timeout: 1 };

describe('the config.yaml of engine litellm', () => {
  it('is tried with every key that models.yaml may have', () => {
    const { litellm_params, model_info } = Model.shape;

    expect(Object.keys(FULL_MODEL.litellm_params).toSorted()).toEqual(Object.keys(litellm_params.shape).toSorted());
    expect(Object.keys(FULL_MODEL.model_info).toSorted()).toEqual(Object.keys(model_info.unwrap().shape).toSorted());
    expect(Object.keys(FULL_ROUTER).toSorted()).toEqual(Object.keys(RouterSettings.shape).toSorted());
  });

  it.each([
    ['redis', { ...exampleSettings.gateway.cache, ttl: 60 }],
    ['local', { type: 'local', ttl: 60 }],
  ])('holds nothing that stock LiteLLM would not read, with a cache of type %s', (_type, cache) => {
    const rendered = keysByBlock(configOf('litellm', cache));

    expect(rendered.filter(([block, key]) => READ[block]?.includes(key) !== true)).toEqual([]);
    expect(rendered.length).toBeGreaterThan(40);
  });

  it('would be found to hold our own keys', () => {
    const rendered = keysByBlock(configOf('tollgate', exampleSettings.gateway.cache));
    const unread = rendered.filter(([block, key]) => READ[block]?.includes(key) !== true);

    expect(unread).toEqual(
      expect.arrayContaining([
        ['', 'revision'],
        ['', 'teams'],
        ['', 'virtual_keys'],
        ['model_list.model_info', 'supports_stream_usage'],
      ]),
    );
  });
});

function configOf(engine: string, cache: object): unknown {
  const settings = { ...exampleSettings, engine, gateway: { ...exampleSettings.gateway, cache } };
  const models = { model_list: [FULL_MODEL], router_settings: FULL_ROUTER };
  return resolveGatewayConfig(exampleEnvironment({ settings, models }));
}

/** Each key with the path of its block; the items of a list are one block. */
function keysByBlock(value: unknown, block = ''): [block: string, key: string][] {
  if (Array.isArray(value)) return value.flatMap((item) => keysByBlock(item, block));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]): [string, string][] => [
    [block, key],
    ...keysByBlock(child, block === '' ? key : `${block}.${key}`),
  ]);
}
