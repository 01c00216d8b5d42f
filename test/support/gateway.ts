import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startGateway, type Gateway } from '../../proxy/start-gateway.ts';
import { hashKey } from '../../environments/schema/key-format.ts';
import { tempFolder } from './temp-folder.ts';

/** A key of the test's own; only its hash is in a configuration. */
export const TEST_KEY = 'sk-test-0123456789abcdef';
export const MASTER_KEY = 'sk-master-0123456789abcdef';

export interface TestGateway extends Gateway {
  readonly folder: string;
  readonly configFile: string;
  /** POST with a key, as JSON. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
}

/** The gateway as it ships, in this process, on a free port, with a configuration of the test's (JSON is YAML). */
export async function startTestGateway(
  config: object,
  variables: Readonly<Record<string, string>> = {},
): Promise<TestGateway> {
  const folder = tempFolder();
  const configFile = join(folder, 'config.yaml');
  writeFileSync(configFile, JSON.stringify(config));
  const options = {
    config: configFile,
    host: '127.0.0.1',
    port: 0,
    isStrict: true,
    dataDir: folder,
    secretsDir: undefined,
    logLevel: 'silent',
  };
  const gateway = await startGateway(options, (name) => variables[name]);
  const authorization = `Bearer ${TEST_KEY}`;
  return {
    ...gateway,
    folder,
    configFile,
    post: (path, body, headers = {}) =>
      fetch(gateway.address + path, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    get: (path, headers = {}) => fetch(gateway.address + path, { headers: { authorization, ...headers } }),
  };
}

/** One model behind an OpenAI-compatible upstream, and one key that may use it. */
export function configFor(origin: string, more: { key?: object; team?: object; model?: object; info?: object } = {}) {
  return {
    model_list: [
      {
        model_name: 'chat',
        litellm_params: { model: 'openai/gpt-4o', api_base: `${origin}/v1`, api_key: 'sk-upstream', ...more.model },
        model_info: { id: 'chat-1', ...more.info },
      },
    ],
    router_settings: { num_retries: 0 },
    general_settings: { master_key: MASTER_KEY },
    teams: [{ team_id: 'demo', models: ['chat', 'other'], ...more.team }],
    virtual_keys: [{ token: hashKey(TEST_KEY), key_alias: 'mine', team_id: 'demo', ...more.key }],
  };
}
