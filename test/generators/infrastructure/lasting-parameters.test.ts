import { describe, expect, it } from 'vitest';
import type { InfraParameters } from '../../../generators/infrastructure/infra-parameters.ts';
import { infrastructureAt } from '../../infra/edge-environments.ts';

const POOL = { min: 3, max: 6 };
const IN_ZONES = { zones: [1, 2, 3], system_pool: POOL, user_pool: POOL };
const ID = 'b7a1c0de-0000-4000-8000-000000000001';

describe('what outlives a cluster', () => {
  it('spans zones as the nodes do', () => {
    expect(coreOf({}).spansZones).toBe(false);
    expect(coreOf({ cluster: IN_ZONES }).spansZones).toBe(true);
  });

  it('stays as it was made where that is written, whatever becomes of the nodes', () => {
    expect(coreOf({ zone_redundant: false, cluster: IN_ZONES }).spansZones).toBe(false);
    expect(coreOf({ zone_redundant: true }).spansZones).toBe(true);
  });

  it('lets an administrator in once its id is known, and is deployed without it until then', () => {
    const people = { name: 'people', type: 'Group', object_id: ID };
    const administrators = [{ name: 'gateway' }, { name: 'ops' }, people];
    expect(coreOf({ postgres: { sign_in: 'entra', administrators } }).postgres.administrators).toEqual([
      { objectId: ID, name: 'people', type: 'Group' },
    ]);
  });

  it('can leave one shard before it grows beyond it', () => {
    expect(coreOf({ redis: { sku: 'Balanced_B20' } }).redis.clusteringPolicy).toBe('NoCluster');
    expect(coreOf({ redis: { sku: 'Balanced_B20', clustering: 'enterprise' } }).redis).toMatchObject({
      sku: 'Balanced_B20',
      clusteringPolicy: 'EnterpriseCluster',
    });
  });
});

function coreOf(settings: Readonly<Record<string, unknown>>): InfraParameters['core'] {
  return infrastructureAt({ title: 'dev', from: 'dev', settings }).parameters.core;
}
