import { describe, expect, it } from 'vitest';
import { GatewayConfig } from '../../environments/schema/gateway-config.ts';
import { referencedVariables, resolveGatewayConfig } from '../../generators/resolve-gateway-config.ts';
import {
  exampleEnvironment,
  exampleModel,
  exampleSettings,
  exampleTeam,
  NEWER_HASH,
  OLDER_HASH,
} from './example-environment.ts';

describe('resolveGatewayConfig', () => {
  it("writes an environment in LiteLLM's words, with references in place of secrets", () => {
    const config = resolveGatewayConfig(exampleEnvironment());

    expect(config).toEqual({
      revision: expect.stringMatching(/^[0-9a-f]{12}$/),
      model_list: [{ ...exampleModel, model_info: { id: expect.stringMatching(/^[0-9a-f]{12}$/) } }],
      router_settings: { num_retries: 2 },
      litellm_settings: { cache: true, cache_params: { ...exampleSettings.gateway.cache, ssl: true } },
      general_settings: {
        master_key: 'os.environ/LITELLM_MASTER_KEY',
        database_url: 'os.environ/DATABASE_URL',
        database_connection_pool_limit: 10,
        proxy_batch_write_at: 60,
        allow_requests_on_db_unavailable: true,
      },
      teams: [
        {
          team_id: 'search',
          team_alias: 'search',
          models: ['azure-gpt-4o'],
          max_budget: 1500,
          budget_duration: '1mo',
        },
      ],
      virtual_keys: [
        {
          token: OLDER_HASH.replace('sha256:', ''),
          key_alias: 'search-api',
          team_id: 'search',
          rpm_limit: 600,
          expires: '2027-06-30T00:00:00Z',
        },
      ],
    });
  });

  it('writes only what the gateway accepts', () => {
    const result = GatewayConfig.safeParse(resolveGatewayConfig(exampleEnvironment()));

    expect(result.error?.issues).toBeUndefined();
  });

  it('changes the revision with everything that the gateway reads, and with nothing else', () => {
    const first = resolveGatewayConfig(exampleEnvironment());
    const same = resolveGatewayConfig(
      exampleEnvironment({ teams: [{ ...exampleTeam, owners: ['other@example.com'] }] }),
    );
    const other = resolveGatewayConfig(exampleEnvironment({ teams: [{ ...exampleTeam, max_budget: 1501 }] }));

    expect(same.revision).toBe(first.revision);
    expect(other.revision).not.toBe(first.revision);
  });

  it("keeps a deployment's id when another is put before it, and gives way to an authored one", () => {
    const added = { ...exampleModel, model_name: 'added' };
    const named = { ...exampleModel, model_info: { id: 'gpt-4o-sweden' } };

    expect(idsOf([added, exampleModel])?.[1]).toBe(idsOf([exampleModel])?.[0]);
    expect(idsOf([named])).toEqual(['gpt-4o-sweden']);
  });

  it('accepts the newer hash as the key and the older one as its predecessor while a rotation runs', () => {
    const key = { key_alias: 'search-api', hashes: [OLDER_HASH, NEWER_HASH] };
    const config = resolveGatewayConfig(exampleEnvironment({ teams: [{ ...exampleTeam, virtual_keys: [key] }] }));

    expect(config.virtual_keys).toEqual([
      {
        token: NEWER_HASH.replace('sha256:', ''),
        previous_token: OLDER_HASH.replace('sha256:', ''),
        key_alias: 'search-api',
        team_id: 'search',
      },
    ]);
  });

  it('lists teams by their alias, whatever the order of their files', () => {
    const teams = ['search', 'billing'].map((team_alias) => ({ ...exampleTeam, team_alias, virtual_keys: [] }));
    const config = resolveGatewayConfig(exampleEnvironment({ teams }));

    expect(config.teams?.map((team) => team.team_id)).toEqual(['billing', 'search']);
  });

  it('writes an expiry as the moment in UTC', () => {
    const key = { key_alias: 'search-api', hashes: [OLDER_HASH], expires: '2027-06-30T02:00:00+02:00' };
    const config = resolveGatewayConfig(exampleEnvironment({ teams: [{ ...exampleTeam, virtual_keys: [key] }] }));

    expect(config.virtual_keys?.[0]?.expires).toBe('2027-06-30T00:00:00Z');
  });

  it('leaves out what stock LiteLLM does not know', () => {
    const settings = { ...exampleSettings, engine: 'litellm' };
    const config = resolveGatewayConfig(exampleEnvironment({ settings }));

    expect(Object.keys(config)).toEqual(['model_list', 'router_settings', 'litellm_settings', 'general_settings']);
  });

  it('leaves out the cache and the master key where there are none', () => {
    const settings = { name: 'dev', registry: 'cr.example.com', gateway: { database: { url: 'embedded' } } };
    const config = resolveGatewayConfig(exampleEnvironment({ settings }));

    expect(config).not.toHaveProperty('litellm_settings');
    expect(config.general_settings).toMatchObject({ database_url: 'embedded' });
    expect(config.general_settings).not.toHaveProperty('master_key');
  });
});

describe('referencedVariables', () => {
  it('lists every reference once, sorted', () => {
    const config = { b: ['os.environ/B', { c: 'os.environ/A' }], d: 'os.environ/B', e: 'plain', f: null, g: 1 };

    expect(referencedVariables(config)).toEqual(['A', 'B']);
  });
});

function idsOf(model_list: object[]): (string | undefined)[] | undefined {
  const config = resolveGatewayConfig(exampleEnvironment({ models: { model_list } }));
  return config.model_list?.map((model) => model.model_info?.id);
}
