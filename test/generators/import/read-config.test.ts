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
    [MODEL.replace('mini }', 'mini, rpm: many }'), '3:50: error: rpm is "many": write a number'],
    [
      MODEL.replace('    litellm_params: { model: openai/gpt-4o-mini }\n', ''),
      '2:5: error: litellm_params is missing: write a block of keys',
    ],
    [`${MODEL}router_settings: { num_retries: often }\n`, '4:20: error: num_retries is "often": write a number'],
    [
      `${MODEL}general_settings: { database_connection_pool_limit: 0 }\n`,
      '4:21: error: database_connection_pool_limit is 0: use at least 1',
    ],
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
