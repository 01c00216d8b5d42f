import { describe, expect, it } from 'vitest';
import type { Environment } from '../../../environments/schema/environment.ts';
import { EnvironmentSettings } from '../../../environments/schema/environment-settings.ts';
import { GatewayConfig } from '../../../environments/schema/gateway-config.ts';
import { hashKey, makeKey } from '../../../environments/schema/key-format.ts';
import { Models } from '../../../environments/schema/model.ts';
import { Release } from '../../../environments/schema/release.ts';
import { Team } from '../../../environments/schema/team.ts';
import { resolveLocalConfig } from '../../../generators/local/resolve-local-config.ts';

const demoKey = makeKey();

const simulated = { model_name: 'simulated', litellm_params: { model: 'simulator/x' } };
const openAi = { model_name: 'gpt', litellm_params: { model: 'openai/gpt-4o', api_key: 'os.environ/OPENAI_API_KEY' } };

function environment(parts: { gateway?: object; models?: object[]; teams?: object[] } = {}): Environment {
  const gateway = { database: { url: 'os.environ/DATABASE_URL' }, ...parts.gateway };
  const images = { gateway: { version: '0.1.0', digest: 'unresolved', commit: 'unresolved' } };
  return {
    name: 'local',
    settings: EnvironmentSettings.parse({ name: 'local', gateway }),
    release: Release.parse({ images }),
    models: Models.parse({ model_list: parts.models ?? [simulated] }),
    teams: (parts.teams ?? []).map((team) => Team.parse(team)),
  };
}

function resolve(parts: Parameters<typeof environment>[0] = {}, variables: Record<string, string> = {}) {
  return resolveLocalConfig(environment(parts), { variables, demoKey });
}

describe('models', () => {
  it('leaves out those whose variables are not set or empty, and tells which', () => {
    const azure = {
      model_name: 'azure',
      litellm_params: { model: 'azure/x', api_base: 'os.environ/ENDPOINT', api_key: 'os.environ/AZURE_KEY' },
    };

    const { config, leftOut } = resolve(
      { models: [simulated, openAi, azure] },
      { ENDPOINT: 'https://x.test', AZURE_KEY: '' },
    );

    expect(config.model_list?.map((model) => model.model_name)).toEqual(['simulated']);
    expect(leftOut).toEqual([
      { name: 'gpt', missing: ['OPENAI_API_KEY'] },
      { name: 'azure', missing: ['AZURE_KEY'] },
    ]);
  });

  it('serves those whose variables are set', () => {
    const { config, leftOut } = resolve({ models: [simulated, openAi] }, { OPENAI_API_KEY: 'x' });

    expect(config.model_list).toHaveLength(2);
    expect(leftOut).toEqual([]);
  });

  it('knows the variable that a provider falls back to', () => {
    const bare = { model_name: 'bare', litellm_params: { model: 'openai/gpt-4o' } };

    expect(resolve({ models: [bare] }).leftOut).toEqual([{ name: 'bare', missing: ['OPENAI_API_KEY'] }]);
  });
});

describe('servers', () => {
  it.each([
    { variables: {}, url: 'embedded' },
    { variables: { DATABASE_URL: 'postgres://x' }, url: 'os.environ/DATABASE_URL' },
  ])('keeps spend in $url', ({ variables, url }) => {
    expect(resolve({}, variables).config.general_settings?.database_url).toBe(url);
  });

  it('puts the cache in memory where no Redis is set, and keeps how long an answer lasts', () => {
    const cache = { type: 'redis', host: 'os.environ/REDIS_HOST', port: 6379, ttl: 60 };

    expect(resolve({ gateway: { cache } }).config.litellm_settings).toEqual({
      cache: true,
      cache_params: { type: 'local', ttl: 60 },
    });
  });

  it.each([
    { variables: {}, params: { port: 6_379, ssl: false } },
    { variables: { REDIS_SSL: 'true' }, params: { port: 6_379, ssl: true } },
    {
      variables: { REDIS_PORT: '7000', REDIS_PASSWORD: 'x' },
      params: { port: 'os.environ/REDIS_PORT', password: 'os.environ/REDIS_PASSWORD', ssl: false },
    },
  ])('uses the Redis of the variables: $variables', ({ variables, params }) => {
    const { config } = resolve({}, { REDIS_HOST: 'localhost', ...variables });

    expect(config.litellm_settings).toEqual({
      cache: true,
      cache_params: { type: 'redis', host: 'os.environ/REDIS_HOST', ...params },
    });
  });

  it.each([
    { variables: {}, key: undefined },
    { variables: { MASTER: 'x' }, key: 'os.environ/MASTER' },
  ])('has the master key $key with $variables', ({ variables, key }) => {
    const { config } = resolve({ gateway: { master_key: 'os.environ/MASTER' } }, variables);

    expect(config.general_settings?.master_key).toBe(key);
  });
});

describe('the demo key', () => {
  const team = { team_alias: 'demo', owners: ['you'], models: ['simulated'], max_budget: 5, virtual_keys: [] };

  it('joins by its hash, in a team of its own', () => {
    const { config } = resolve();

    expect(config.teams).toEqual([{ team_id: 'demo', team_alias: 'demo' }]);
    expect(config.virtual_keys).toEqual([{ token: hashKey(demoKey), key_alias: 'demo', team_id: 'demo' }]);
    expect(JSON.stringify(config)).not.toContain(demoKey);
  });

  it('is held to the limits of the team demo where there is one', () => {
    const { config } = resolve({ teams: [team] });

    expect(config.teams).toEqual([{ team_id: 'demo', team_alias: 'demo', models: ['simulated'], max_budget: 5 }]);
  });

  it('takes another alias where its own is taken', () => {
    const virtual_keys = [{ key_alias: 'demo', hashes: [`sha256:${'0'.repeat(64)}`] }];
    const { config } = resolve({ teams: [{ ...team, virtual_keys }] });

    expect(config.virtual_keys?.map((key) => key.key_alias)).toEqual(['demo', 'demo-npm-start']);
  });
});

it('gives a configuration that the gateway takes, with a revision that changes with it', () => {
  const first = resolve().config;
  const second = resolve({ models: [{ ...simulated, model_name: 'other' }] }).config;

  expect(GatewayConfig.safeParse(first).success).toBe(true);
  expect(first.revision).toMatch(/^[0-9a-f]{12}$/);
  expect(resolve().config.revision).toBe(first.revision);
  expect(second.revision).not.toBe(first.revision);
});

it('runs an environment of the stock engine by ours, keys included', () => {
  const base = environment();
  const stock = { ...base, settings: { ...base.settings, engine: 'litellm' as const } };

  expect(resolveLocalConfig(stock, { variables: {}, demoKey }).config.virtual_keys).toHaveLength(1);
});
