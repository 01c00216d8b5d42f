import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from '../../../proxy/config/load-config.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const ARTICLE = `model_list:
  - model_name: azure-gpt-4o
    litellm_params:
      model: azure/gpt-4o
      api_base: os.environ/AZURE_OPENAI_ENDPOINT
      api_key: os.environ/AZURE_OPENAI_KEY
      api_version: "2024-10-21"
general_settings:
  master_key: os.environ/LITELLM_MASTER_KEY
  database_url: os.environ/DATABASE_URL
  database_connection_pool_limit: 10
  proxy_batch_write_at: 60
  allow_requests_on_db_unavailable: true
litellm_settings:
  cache: true
  cache_params:
    type: redis
    host: os.environ/REDIS_HOST
    port: os.environ/REDIS_PORT
    password: os.environ/REDIS_PASSWORD
    ssl: true
`;

const VARIABLES: Record<string, string> = {
  AZURE_OPENAI_ENDPOINT: 'https://oai.example.com',
  AZURE_OPENAI_KEY: 'azure-secret',
  LITELLM_MASTER_KEY: 'sk-master',
  DATABASE_URL: 'postgres://db.example.com/litellm',
  REDIS_HOST: 'redis.example.com',
  REDIS_PORT: '10000',
  REDIS_PASSWORD: 'redis-secret',
};

async function load(
  text: string,
  options: { variables?: Record<string, string>; isStrict?: boolean; secretsDir?: string } = {},
) {
  const file = join(tempFolder(), 'config.yaml');
  writeFileSync(file, text);
  const { variables = VARIABLES, isStrict = false, secretsDir } = options;
  return loadConfig(file, (name) => variables[name], { isStrict, secretsDir });
}

async function problemsOf(text: string, options: Parameters<typeof load>[1] = {}): Promise<string[]> {
  const error: unknown = await load(text, options).catch((thrown: unknown) => thrown);
  if (!(error instanceof ConfigError)) throw new Error('the configuration was accepted');
  return error.message.split('\n').map((line) => line.replace(/^.*config\.yaml:/, ''));
}

describe('loadConfig', () => {
  it('reads the article’s own example, strictly, with every reference replaced', async () => {
    const { config, warnings } = await load(ARTICLE, { isStrict: true });

    expect(warnings).toEqual([]);
    expect(config.model_list[0]?.litellm_params).toEqual({
      model: 'azure/gpt-4o',
      api_base: 'https://oai.example.com',
      api_key: 'azure-secret',
      api_version: '2024-10-21',
    });
    expect(config.general_settings).toMatchObject({ master_key: 'sk-master', proxy_batch_write_at: 60 });
    expect(config.litellm_settings?.cache_params).toMatchObject({
      host: 'redis.example.com',
      port: '10000',
      ssl: true,
    });
    expect(config.revision).toMatch(/^[0-9a-f]{12}$/);
  });

  it('names every variable that is not set, with its place', async () => {
    const { REDIS_PORT: _port, AZURE_OPENAI_KEY: _key, ...variables } = VARIABLES;
    expect(await problemsOf(ARTICLE, { variables })).toEqual([
      '6:7: error: model_list.0.litellm_params.api_key: the variable AZURE_OPENAI_KEY is not set: set it, or remove this key',
      '19:5: error: litellm_settings.cache_params.port: the variable REDIS_PORT is not set: set it, or remove this key',
    ]);
  });

  it('names the folder too in which a secret could be a file', async () => {
    const { REDIS_PASSWORD: _password, ...variables } = VARIABLES;
    expect(await problemsOf(ARTICLE, { variables, secretsDir: '/mnt/secrets' })).toEqual([
      '20:5: error: litellm_settings.cache_params.password: the variable REDIS_PASSWORD is not set, and /mnt/secrets has no file REDIS_PASSWORD: set one of them, or remove this key',
    ]);
  });

  it('warns once for each key that has no effect here, and goes on', async () => {
    const foreign = `${ARTICLE}  success_callback: [langfuse]\nguardrails: []\nrouter_settings:\n  routing_strategy: simple-shuffle\n  redis_host: x\n`;
    const { warnings } = await load(foreign);
    expect(warnings.map(({ line, message }) => `${line}: ${message}`)).toEqual([
      '22: success_callback has no effect here',
      '23: guardrails has no effect here',
      '26: redis_host has no effect here',
    ]);
  });

  it('refuses the same keys with --strict', async () => {
    expect(await problemsOf(`${ARTICLE}guardrails: []\n`, { isStrict: true })).toEqual([
      expect.stringMatching(/^22:1: error: unknown key guardrails: remove it, or use one of revision/),
    ]);
  });

  it('reads variables of the file before those of the process', async () => {
    const text = `environment_variables: { AZURE_OPENAI_KEY: from-file, REDIS_PORT: os.environ/OTHER }\n${ARTICLE}`;
    const { config } = await load(text, { variables: { ...VARIABLES, OTHER: '7000' } });
    expect(config.model_list[0]?.litellm_params.api_key).toBe('from-file');
    expect(config.litellm_settings?.cache_params?.port).toBe('7000');
  });

  it('falls back on the variables that LiteLLM knows', async () => {
    const text =
      'model_list:\n  - model_name: m\n    litellm_params: { model: gpt-4o }\nlitellm_settings: { cache: true }\n';
    const { config } = await load(text, { variables: { ...VARIABLES, OPENAI_API_KEY: 'sk-openai' } });
    expect(config.model_list[0]?.litellm_params.api_key).toBe('sk-openai');
    expect(config.general_settings).toMatchObject({ master_key: 'sk-master', database_url: VARIABLES['DATABASE_URL'] });
    expect(config.litellm_settings?.cache_params).toMatchObject({ host: 'redis.example.com', port: '10000' });
  });

  it('refuses a value of a variable that does not fit, without showing it', async () => {
    const problems = await problemsOf(ARTICLE, { variables: { ...VARIABLES, REDIS_PORT: 'secret-text' } });
    expect(problems.join()).toContain('19:5: error: litellm_settings.cache_params.port');
    expect(problems.join()).not.toContain('secret-text');
  });

  it.each([
    ['a bad value', 'router_settings: { num_retries: many }', '1:20: error: num_retries is "many"'],
    ['broken YAML', 'model_list: [', 'error: not valid YAML'],
    [
      'a provider that is not supported',
      'model_list: [{ model_name: m, litellm_params: { model: bedrock/x } }]',
      'there is no provider bedrock',
    ],
    [
      'a provider without an address',
      'model_list: [{ model_name: m, litellm_params: { model: azure/x } }]',
      'needs an api_base',
    ],
  ])('refuses %s', async (_what, text, message) => {
    expect((await problemsOf(text)).join('\n')).toContain(message);
  });

  it('says so where there is no file', async () => {
    await expect(
      loadConfig('/nowhere/config.yaml', () => undefined, { isStrict: false, secretsDir: undefined }),
    ).rejects.toThrow('/nowhere/config.yaml:1:1: error: there is no such file');
  });
});
