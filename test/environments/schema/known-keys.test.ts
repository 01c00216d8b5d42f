import { describe, expect, test } from 'vitest';
import { EnvironmentSettings } from '../../../environments/schema/environment-settings.ts';
import { GatewayConfig } from '../../../environments/schema/gateway-config.ts';
import { knownKeys, nearestKey } from '../../../environments/schema/known-keys.ts';

describe('knownKeys', () => {
  test('finds the keys of a block inside a list', () => {
    const keys = knownKeys(GatewayConfig, ['virtual_keys', 3], {});

    expect(keys).toContain('previous_token');
    expect(keys).not.toContain('model_list');
  });

  test('finds the keys of the variant that the file has chosen', () => {
    const path = ['gateway', 'cache'];

    expect(knownKeys(EnvironmentSettings, path, { gateway: { cache: { type: 'local' } } })).toEqual(['type', 'ttl']);
    expect(knownKeys(EnvironmentSettings, path, { gateway: { cache: { type: 'redis' } } })).toContain('password');
    expect(knownKeys(EnvironmentSettings, path, { gateway: { cache: { type: 'disk' } } })).toEqual([]);
  });

  test('knows nothing of a place that the schema does not have', () => {
    expect(knownKeys(GatewayConfig, ['nowhere', 'at', 'all'], {})).toEqual([]);
    expect(knownKeys(GatewayConfig, ['revision'], {})).toEqual([]);
  });
});

describe('nearestKey', () => {
  const known = ['max_budget', 'budget_duration', 'name', 'models', 'rpm_limit', 'tpm_limit'];

  test.each([
    ['max_buget', 'max_budget'],
    ['maxBudget', 'max_budget'],
    ['MAX-BUDGET', 'max_budget'],
    ['nmae', 'name'],
    ['model', 'models'],
    ['rmp_limit', 'rpm_limit'],
  ])('%s means %s', (written, meant) => {
    expect(nearestKey(written, known)).toBe(meant);
  });

  test.each(['region', 'x', '', 'budget'])('%j means nothing that is known', (written) => {
    expect(nearestKey(written, known)).toBeUndefined();
  });
});
