import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { GatewayConfig } from '../../../environments/schema/gateway-config.ts';
import { newFindings } from '../../../generators/import/findings.ts';
import { readConfig } from '../../../generators/import/read-config.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const MODEL = `model_list:
  - model_name: gpt-4o-mini
    litellm_params: { model: openai/gpt-4o-mini }
`;

const FIX = 'correct it here, and import again';

function read(text: string) {
  const file = join(tempFolder(), 'config.yaml');
  writeFileSync(file, text);
  const findings = newFindings();
  try {
    return { config: readConfig(file, findings), findings, message: undefined };
  } catch (error) {
    return { config: undefined, findings, message: (error as Error).message.replaceAll(file, 'config.yaml') };
  }
}

const found = (text: string) => read(text).findings.gaps.map(({ found, reason }) => `${found}: ${reason}`);

describe('a config.yaml of LiteLLM', () => {
  test.each([
    [
      'model_list: [',
      '1:14: error: not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    ['', '1:1: error: the file is empty: name the config.yaml of LiteLLM'],
    ['- a\n', '1:1: error: the file is a list: write a block of keys'],
    ['just text\n', '1:1: error: the file is "just text": write a block of keys'],
    ['a: 1\n---\nb: 2\n', '2:1: error: a second document begins here: a file holds one, so remove the --- line'],
    ['model_list: gpt-4o\n', '1:1: error: model_list is "gpt-4o": write a list'],
  ])('is refused with its place: %j', (text, message) => {
    expect(read(text).message).toBe(`config.yaml:${message}`);
  });

  test('keeps what the gateway serves and tells what it does not', () => {
    const text = `${MODEL}  - { model_name: claude, litellm_params: { model: anthropic/claude } }
  - { model_name: "groq/*", litellm_params: { model: "groq/*" } }
  - { model_name: pictures, litellm_params: { model: openai/gpt-image-1 }, model_info: { mode: image_generation } }
  - { model_name: own, litellm_params: { model: openai/own, api_base: "not an address" } }
  - { model_name: vllm, litellm_params: { model: hosted_vllm/llama } }
`;

    expect(read(text).config?.models.map(({ model }) => model.model_name)).toEqual(['gpt-4o-mini']);
    expect(found(text)).toEqual([
      'model claude: the gateway does not speak the protocol of anthropic',
      'model groq/*: each model stands for itself',
      'model pictures: the gateway serves chat and embeddings',
      'model own: write an http or https address, or os.environ/NAME',
      'model vllm: provider hosted_vllm needs an api_base, the address of its endpoint',
    ]);
  });

  test('leaves out an entry that is wrong, tells its place and the fix, and goes on', () => {
    const key = ['sk', 'misplaced', 'Qw8rT2yU5iOp3As6'].join('-');
    const text = `${MODEL}  - { model_name: my model, litellm_params: { model: openai/gpt-4o } }
  - model_name: fast
    litellm_params: { model: openai/gpt-4o, rpm: many, weight: -1 }
  - { model_name: empty }
  - just text
  - { litellm_params: { model: openai/gpt-4o } }
  - { model_name: leaky, litellm_params: { model: openai/gpt-4o, organization: ${key} } }
`;

    const { config, findings } = read(text);

    expect(config?.models.map(({ model }) => model.model_name)).toEqual(['gpt-4o-mini']);
    expect(
      findings.gaps.map(({ place, found, reason, advice }) => [place.split(':').at(-1), found, reason, advice]),
    ).toEqual([
      ['4', 'model my model', 'model_name is "my model": use 1 to 128 characters without spaces', FIX],
      ['6', 'model fast', 'weight is -1: use more than 0; rpm is "many": write a number', FIX],
      ['7', 'model empty', 'litellm_params is missing: write a block of keys', FIX],
      ['8', 'model without a name', 'an entry is a block of keys', FIX],
      ['9', 'model without a name', 'model_name is missing: write text', FIX],
      [
        '10',
        'model leaky',
        'a credential stands in it, in a field that is no secret',
        'rotate this key now, and take it out of the file',
      ],
    ]);
  });

  test('leaves out a setting that is wrong, and goes on', () => {
    const text = `${MODEL}router_settings: { num_retries: often, timeout: 5 }
general_settings: { database_connection_pool_limit: 0, master_key: os.environ/MASTER }
litellm_settings: { cache: true, cache_params: { type: redis, host: h, port: 99999 }, num_retries: 1 }
environment_variables: none
`;

    expect(read(text).config?.settings).toEqual({
      router_settings: { timeout: 5 },
      general_settings: { master_key: 'os.environ/MASTER' },
      litellm_settings: { num_retries: 1 },
    });
    expect(found(text)).toEqual([
      'router_settings.num_retries: num_retries is "often": write a number',
      'litellm_settings.cache_params.port: port is 99999: write a port from 1 to 65535, or os.environ/NAME',
      'general_settings.database_connection_pool_limit: database_connection_pool_limit is 0: use at least 1',
      'environment_variables: environment_variables is "none": write a block of keys',
    ]);
  });

  test('tells a choice that the gateway does not have, and goes on without it', () => {
    const text = `${MODEL}router_settings: { routing_strategy: latency-based-routing, num_retries: 1 }
litellm_settings: { cache: true, cache_params: { type: s3, ttl: 5 } }
`;

    expect(read(text).config?.settings).toEqual({ router_settings: { num_retries: 1 }, litellm_settings: {} });
    expect(found(text)).toEqual([
      'router_settings.routing_strategy: deployments are chosen at random by weight',
      'litellm_settings.cache_params.type: answers are cached in Redis or in memory',
    ]);
  });

  test('writes out what LiteLLM takes from well-known variables and from the entry itself', () => {
    const text = `model_list:
  - { model_name: a, rpm: 5, litellm_params: { model: gpt-4o } }
  - { model_name: b, litellm_params: { model: azure/b } }
`;

    expect(read(text).config?.models.map(({ model }) => model.litellm_params)).toEqual([
      { model: 'gpt-4o', rpm: 5, api_key: 'os.environ/OPENAI_API_KEY' },
      { model: 'azure/b', api_base: 'os.environ/AZURE_API_BASE', api_key: 'os.environ/AZURE_API_KEY' },
    ]);
    expect(found(text)).toEqual([]);
  });

  test('is tried with every key that the gateway reads', () => {
    const fixture: unknown = parse(
      readFileSync(join(import.meta.dirname, '../../fixtures/litellm/config.yaml'), 'utf8'),
    );
    const ours = ['revision', 'teams', 'virtual_keys'];
    // A Redis is named by its address or by its parts.
    const known = keysOf(GatewayConfig)
      .filter((key) => !ours.includes(key.split('.')[0] ?? ''))
      .filter((key) => key !== 'litellm_settings.cache_params.url');
    const written = new Set(writtenKeys(fixture));

    expect(known.filter((key) => !written.has(key))).toEqual([]);
    expect(known.length).toBeGreaterThan(50);
  });
});

/** Every key that a schema knows, as a path without the places in lists. */
function keysOf(schema: unknown, path = ''): string[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return keysOf(schema.unwrap(), path);
  if (schema instanceof z.ZodArray) return keysOf(schema.element, path);
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape).flatMap(([key, child]) => {
    const below = path === '' ? key : `${path}.${key}`;
    return [below, ...keysOf(child, below)];
  });
}

function writtenKeys(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => writtenKeys(item, path));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const below = path === '' ? key : `${path}.${key}`;
    return [below, ...writtenKeys(child, below)];
  });
}
