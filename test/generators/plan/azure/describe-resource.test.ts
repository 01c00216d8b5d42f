import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kindOf } from '../../../../generators/plan/azure/resource-kinds.ts';
import { ROOT } from '../azure-change.ts';
import { LASTING_CASES } from './lasting-cases.ts';
import { changeBetween, onlyChange, resource, type Resource } from './snapshot-of.ts';

const named = (type: string, rest: Resource) => {
  const depth = type.split('/').length - 1;
  return resource(type, Array.from({ length: depth }, (_, index) => `n${index}`).join('/'), rest);
};

describe.each(LASTING_CASES)('$what', ({ type, before, refused, taken, says }) => {
  it('is refused by Azure, which a reviewer is told with the reason', () => {
    const { isRefused, dangers } = onlyChange([named(type, before)], [named(type, refused)]);

    expect(isRefused).toBe(true);
    expect(dangers).toHaveLength(1);
    expect(dangers[0]).toContain(says);
  });

  it('is told from what Azure changes in place', () => {
    const change = changeBetween([named(type, before)], [named(type, taken)]);
    expect(change?.resources.filter(({ isRefused }) => isRefused) ?? []).toEqual([]);
  });
});

describe('a setting that no deployment has been given yet', () => {
  it('is nothing that Azure would have to change', () => {
    const server = (id: string) => named('DBforPostgreSQL/flexibleServers', { properties: { administratorLogin: id } });
    const zeros = '00000000-0000-0000-0000-000000000000';

    expect(onlyChange([server(zeros)], [server('somebody')]).isRefused).toBe(false);
    expect(onlyChange([server('somebody')], [server(zeros)]).isRefused).toBe(true);
  });
});

describe('what holds something that cannot be made anew', () => {
  it.each([
    ['DBforPostgreSQL/flexibleServers', 'record of every request'],
    ['DBforPostgreSQL/flexibleServers/databases', 'record of every request'],
    ['Cache/redisEnterprise', 'counters of limits'],
    ['KeyVault/vaults', 'every credential'],
    ['OperationalInsights/workspaces', 'logs of everything'],
    ['Monitor/accounts', 'metrics of the past'],
    ['ContainerRegistry/registries', 'every program image'],
    ['CognitiveServices/accounts', 'every model'],
    ['Network/dnsZones', 'names by which clients find'],
    ['Network/publicIPAddresses', 'others may have let through'],
    ['ContainerService/managedClusters', 'everything that runs in it'],
    ['Network/virtualNetworks', 'private network'],
  ])('is a danger where it is taken out: %s', (type, says) => {
    const { dangers } = onlyChange([named(type, {})], []);
    expect(dangers).toHaveLength(1);
    expect(dangers[0]).toContain(says);
  });

  it('is a danger where another takes its place, which holds nothing of it', () => {
    const server = (name: string) => resource('DBforPostgreSQL/flexibleServers', name);
    const change = changeBetween([server('old')], [server('new')]);

    expect(change?.resources.flatMap(({ dangers }) => dangers)).toEqual([
      expect.stringMatching(
        /^PostgreSQL server old in prod is taken out\..* new takes its place, and starts with nothing/,
      ),
    ]);
  });

  it('can be brought back for as long as the vault says', () => {
    const vault = (properties: Resource) => named('KeyVault/vaults', { properties });
    const [unguarded, guarded] = [false, true].map((enablePurgeProtection) =>
      onlyChange([vault({ softDeleteRetentionInDays: 14, enablePurgeProtection })], []).dangers.join(''),
    );

    expect(unguarded).toContain('for 14 days, unless somebody purges it.');
    expect(guarded).toContain('for 14 days.');
  });
});

describe('the way to something else', () => {
  const zone = (name: string) => resource('Network/privateDnsZones/virtualNetworkLinks', `${name}/link`);

  it.each([
    ['privatelink.postgres.database.azure.com', 'the database is no longer found by its name'],
    ['privatelink.redis.azure.net', 'the cache is no longer found'],
    ['privatelink.vaultcore.azure.net', 'the key vault, from which'],
    ['privatelink.openai.azure.com', 'Azure OpenAI is no longer found'],
    ['privatelink.somewhere.example', 'names in the zone are not answered'],
  ])('is a danger where it is taken out: %s', (name, says) => {
    const { dangers } = onlyChange([zone(name)], []);
    expect(dangers.join('')).toContain(says);
  });

  it.each([
    [
      'the internet in',
      'KeyVault/vaults',
      ['publicNetworkAccess'],
      ['Disabled', 'Enabled'],
      'can be reached from the internet',
    ],
    ['everybody in', 'KeyVault/vaults', ['networkAcls', 'defaultAction'], ['Deny', 'Allow'], 'lets in everybody'],
  ] as const)('is a danger where it lets %s', (_, type, path, [closed, open], says) => {
    const at = (value: string) =>
      named(type, { properties: path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) });

    expect(onlyChange([at(closed)], [at(open)]).dangers).toEqual([
      `Key vault n0 in prod ${says}${says.endsWith('everybody') ? ' who is on no list' : ''}.`,
    ]);
    expect(onlyChange([at(open)], [at(closed)]).dangers).toEqual([]);
  });
});

describe('a cache that leaves its one shard', () => {
  it('is a danger, since it never comes back and may not grow in the same deployment', () => {
    const cache = (clusteringPolicy: string) =>
      named('Cache/redisEnterprise/databases', { properties: { clusteringPolicy } });
    const { isRefused, dangers } = onlyChange([cache('NoCluster')], [cache('EnterpriseCluster')]);

    expect(isRefused).toBe(false);
    expect(dangers).toEqual([expect.stringMatching(/leaves its one shard.* has to wait for the deployment after/)]);
  });
});

describe('a pool of machines', () => {
  const cluster = (...names: string[]) =>
    named('ContainerService/managedClusters', {
      properties: { agentPoolProfiles: names.map((name) => ({ name, vmSize: 'D4', vnetSubnetID: 'a', maxCount: 3 })) },
    });

  it('may go, which is a danger and no refusal', () => {
    const { isRefused, dangers } = onlyChange([cluster('system', 'user')], [cluster('system')]);
    expect(isRefused).toBe(false);
    expect(dangers).toEqual([expect.stringContaining('loses a pool of machines')]);
  });

  it('may come without a word of warning', () => {
    expect(onlyChange([cluster('system')], [cluster('system', 'user')]).dangers).toEqual([]);
  });
});

describe('what a change does beside changing a setting', () => {
  const server = (sku: Resource, properties: Resource = {}) =>
    named('DBforPostgreSQL/flexibleServers', { sku, properties });

  it('is a restart for another size of a database, told once', () => {
    const { effects, dangers } = onlyChange([server({ name: 'D4', tier: 'a' })], [server({ name: 'E8', tier: 'b' })]);
    expect(effects).toEqual([expect.stringContaining('The server restarts')]);
    expect(dangers).toEqual([]);
  });

  it('is nothing for more storage', () => {
    const of = (storageSizeGB: number) => server({}, { storage: { storageSizeGB } });
    expect(onlyChange([of(256)], [of(512)])).toMatchObject({
      says: 'PostgreSQL server n0 in prod: storage 256 → 512 GB',
      effects: [],
    });
  });

  it('is requests that are turned away for less capacity, and nothing for more', () => {
    const of = (capacity: number) => named('CognitiveServices/accounts/deployments', { sku: { capacity } });
    expect(onlyChange([of(2000)], [of(50)]).effects.join('')).toContain('status 429');
    expect(onlyChange([of(50)], [of(2000)])).toMatchObject({
      says: 'model n1 in prod: capacity 50 → 2,000 thousand tokens a minute',
      effects: [],
    });
  });
});

describe('every type that is rendered here', () => {
  it.each(['dev', 'prod'])('has a name that people understand, in %s', (environment) => {
    const text = readFileSync(join(ROOT, 'dist', environment, 'infra/resources.json'), 'utf8');
    const types = new Set((JSON.parse(text) as { type: string }[]).map(({ type }) => type));

    expect([...types].filter((type) => kindOf(type).family === 'Other')).toEqual([]);
  });
});
