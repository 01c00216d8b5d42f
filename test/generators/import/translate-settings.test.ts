import { describe, expect, test } from 'vitest';
import { newFindings } from '../../../generators/import/findings.ts';
import type { ConfigSettings } from '../../../generators/import/read-config.ts';
import { referToSecrets } from '../../../generators/import/refer-to-secrets.ts';
import { translateSettings } from '../../../generators/import/translate-settings.ts';

function translate(settings: ConfigSettings) {
  const findings = newFindings();
  const refer = referToSecrets(settings.environment_variables, [], findings);
  const gateway = translateSettings({ models: [], settings, placeOf: (path) => path.join('.') }, refer, findings);
  return { gateway, findings };
}

const cacheOf = (litellm_settings: ConfigSettings['litellm_settings']) => translate({ litellm_settings }).gateway.cache;
const REDIS = { type: 'redis', host: 'os.environ/REDIS_HOST', password: 'os.environ/REDIS_PASSWORD' };

describe('the settings of a LiteLLM', () => {
  test('are the well-known variables where config.yaml says nothing', () => {
    const { gateway, findings } = translate({});

    expect(gateway).toEqual({
      master_key: 'os.environ/LITELLM_MASTER_KEY',
      database: { url: 'os.environ/DATABASE_URL' },
    });
    expect(findings).toMatchObject({
      gaps: [],
      secrets: [
        { variable: 'LITELLM_MASTER_KEY', source: "LiteLLM's own environment" },
        { variable: 'DATABASE_URL', source: "LiteLLM's own environment" },
      ],
    });
  });

  test('become references where they are literal, each told with its place and without its value', () => {
    const { gateway, findings } = translate({
      general_settings: { master_key: 'literal-master', database_url: 'postgres-literal', proxy_batch_write_at: 5 },
    });

    expect(gateway).toEqual({
      master_key: 'os.environ/LITELLM_MASTER_KEY',
      database: { url: 'os.environ/DATABASE_URL', batch_write_at: 5 },
    });
    expect(findings.secrets).toEqual([
      { variable: 'LITELLM_MASTER_KEY', source: 'general_settings.master_key' },
      { variable: 'DATABASE_URL', source: 'general_settings.database_url' },
    ]);
    expect(JSON.stringify(findings)).not.toContain('literal');
  });

  test.each([
    [{ cache: true }, { ...REDIS, port: 'os.environ/REDIS_PORT', ssl: false }],
    [
      { cache: true, cache_params: { type: 'local' as const, ttl: 0.4 } },
      { type: 'local', ttl: 1 },
    ],
    [
      { cache: true, cache_params: { host: 'redis.internal', port: '6380', password: 'literal', ssl: true, ttl: 60 } },
      { ...REDIS, port: 6380, ssl: true, ttl: 60 },
    ],
    [
      { cache: true, cache_params: { host: 'os.environ/CACHE_HOST' } },
      { type: 'redis', host: 'os.environ/CACHE_HOST', port: 6379, ssl: false },
    ],
    [
      { cache: true, cache_params: { url: 'rediss://redis.internal:6380' } },
      { ...REDIS, password: undefined, port: 6380, ssl: true },
    ],
    [
      { cache: true, cache_params: { url: 'os.environ/REDIS_URL' } },
      { ...REDIS, port: 'os.environ/REDIS_PORT', ssl: false },
    ],
    [{ cache: false, cache_params: { type: 'local' as const } }, undefined],
    [{}, undefined],
  ])('have the cache of %j', (written, cache) => {
    expect(cacheOf(written)).toEqual(cache);
  });

  test('that environment.yaml has no place for are told', () => {
    const { findings } = translate({
      general_settings: { max_request_size_mb: 5, database_connection_timeout: 5 },
      litellm_settings: { cache: false, cache_params: { username: 'a', namespace: 'b', url: 'redis://a' } },
    });

    expect(findings.gaps.map(({ place }) => place)).toEqual([
      'general_settings.database_connection_timeout',
      'general_settings.max_request_size_mb',
      'litellm_settings.cache_params.username',
      'litellm_settings.cache_params.namespace',
      'litellm_settings.cache_params.url',
      'litellm_settings.cache_params',
    ]);
  });
});

describe('references of an import', () => {
  test('are one for each value, and no two are one secret of the vault', () => {
    const findings = newFindings();
    const refer = referToSecrets({ OTHER: 'os.environ/REAL', FROM_FILE: 'a-literal' }, ['LATER'], findings);

    expect(refer('one', 'A_KEY', 'here:1')).toBe('os.environ/A_KEY');
    expect(refer('two', 'a_key', 'here:2')).toBe('os.environ/a_key_2');
    expect(refer('one', 'B_KEY', 'here:3')).toBe('os.environ/A_KEY');
    expect(refer('os.environ/OTHER', 'C_KEY', 'here:4')).toBe('os.environ/REAL');
    expect(refer('os.environ/FROM_FILE', 'D_KEY', 'here:5')).toBe('os.environ/FROM_FILE');
    expect(refer('three', 'FROM_FILE', 'here:6')).toBe('os.environ/FROM_FILE_2');
    expect(refer('four', 'LATER', 'here:7')).toBe('os.environ/LATER_2');
    expect(refer('os.environ/LATER', 'E_KEY', 'here:8')).toBe('os.environ/LATER');
    expect(findings.secrets.slice(0, 5)).toEqual([
      { variable: 'A_KEY', source: 'here:1' },
      { variable: 'a_key_2', source: 'here:2' },
      { variable: 'REAL', source: "LiteLLM's own environment" },
      { variable: 'FROM_FILE', source: 'environment_variables.FROM_FILE' },
      { variable: 'FROM_FILE_2', source: 'here:6' },
    ]);
  });
});
