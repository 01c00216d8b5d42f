import { describe, expect, test } from 'vitest';
import { GatewayConfig } from '../../../environments/schema/gateway-config.ts';
import { formatProblem, parseYaml } from '../../../environments/schema/parse-yaml.ts';

const HASH = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

// The configuration of the article that this project answers, as it was published.
const ARTICLE = `
model_list:
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

describe('GatewayConfig', () => {
  test("takes LiteLLM's file of the article as it is", () => {
    const { value, problems } = parseYaml(ARTICLE, 'config.yaml', GatewayConfig);

    expect(problems).toEqual([]);
    expect(value?.model_list[0]?.litellm_params).toEqual({
      model: 'azure/gpt-4o',
      api_base: 'os.environ/AZURE_OPENAI_ENDPOINT',
      api_key: 'os.environ/AZURE_OPENAI_KEY',
      api_version: '2024-10-21',
    });
    expect(value?.general_settings?.proxy_batch_write_at).toBe(60);
    expect(value?.litellm_settings?.cache_params?.ssl).toBe(true);
  });

  test('takes an OpenAI-compatible provider with its own address', () => {
    const text = `
model_list:
  - model_name: opencode-zen
    litellm_params: { model: openai/claude-sonnet-4-5, api_base: https://opencode.ai/zen/v1, api_key: sk-literal }
  - model_name: opencode-go
    litellm_params: { model: openai/kimi-k2.5, api_base: https://opencode.ai/zen/go/v1, api_key: sk-literal }
`;

    expect(parseYaml(text, 'config.yaml', GatewayConfig).problems).toEqual([]);
  });

  test('takes teams and keys beside it', () => {
    const text = `
teams: [{ team_id: search, models: [azure-gpt-4o], max_budget: 1500, budget_duration: 1mo }]
virtual_keys:
  - { token: ${HASH}, previous_token: ${HASH}, key_alias: a, team_id: search, expires: "2027-06-30T00:00:00Z" }
`;

    expect(parseYaml(text, 'config.yaml', GatewayConfig).problems).toEqual([]);
  });

  test('tells a foreign file which of its keys have no effect', () => {
    const text = `${ARTICLE}  drop_params: true\nguardrails: []\n`;

    const { value, problems } = parseYaml(text, 'config.yaml', GatewayConfig, { unknownKeys: 'warn' });

    expect(value?.litellm_settings?.cache).toBe(true);
    expect(problems.map(formatProblem)).toEqual([
      'config.yaml:23:3: warning: drop_params has no effect here',
      'config.yaml:24:1: warning: guardrails has no effect here',
    ]);
  });

  test.each(['0', '65536', '"six"', '"123456"'])('refuses port %s with the fix', (port) => {
    const text = `litellm_settings: { cache_params: { port: ${port} } }`;

    const [problem] = parseYaml(text, 'config.yaml', GatewayConfig).problems;

    expect(problem?.message).toBe(`port is ${port}: write a port from 1 to 65535, or os.environ/NAME`);
  });
});
