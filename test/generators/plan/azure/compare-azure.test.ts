import { describe, expect, it } from 'vitest';
import { compareAzure, isOfAzure } from '../../../../generators/plan/azure/compare-azure.ts';
import { changeBetween, NO_SUBSCRIPTION, onlyChange, resource, SUBSCRIPTION, type Resource } from './snapshot-of.ts';

const MODEL = 'CognitiveServices/accounts/deployments';
const CLUSTER = 'ContainerService/managedClusters';
const RIGHT = 'Authorization/roleAssignments';
const READER = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';
const RESOURCES = 'prod/infra/resources.json';
const PARAMETERS = 'prod/infra/parameters.json';

const model = (capacity: number) => resource(MODEL, 'oai/gpt', { sku: { name: 'Standard', capacity } });
const pools = (...names: string[]) =>
  resource(CLUSTER, 'aks', { properties: { agentPoolProfiles: names.map((name) => ({ name, maxCount: 3 })) } });
const looksUp = (deployment: string, output: string) =>
  resource('Cache/redisEnterprise', 'redis', {
    properties: {
      owner: `[reference('/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Resources/deployments/${deployment}', '2025-04-01').outputs.${output}.value]`,
    },
  });
const right = (name: string, subscription = SUBSCRIPTION) =>
  resource(
    RIGHT,
    name,
    {
      properties: {
        principalId: `[reference('/subscriptions/${subscription}/resourceGroups/rg-prod/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-plan', '2024-11-30').principalId]`,
        roleDefinitionId: `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/${READER}`,
      },
    },
    subscription,
  );

describe('compareAzure', () => {
  it('tells what is new, what changes from what to what, and what is taken out', () => {
    const vault = resource('KeyVault/vaults', 'kv');
    const cache = resource('Cache/redisEnterprise', 'redis');

    const change = changeBetween([model(50), vault], [model(80), cache]);

    expect(change?.resources.map(({ kind, name, values }) => [kind, name, values])).toEqual([
      ['removed', 'kv', []],
      ['added', 'redis', []],
      ['changed', 'gpt', [{ path: 'sku.capacity', before: '50', after: '80' }]],
    ]);
  });

  it('says nothing where nothing but the order differs', () => {
    const vault = resource('KeyVault/vaults', 'kv', { location: 'westeurope', tags: { a: '1', b: '2' } });
    const other = { ...resource('KeyVault/vaults', 'kv', { tags: { b: '2', a: '1' }, location: 'westeurope' }) };

    expect(changeBetween([vault, model(1)], [model(1), other])).toBeUndefined();
  });

  it('tells members of a list apart by their name, and not by their place', () => {
    const { values } = onlyChange([pools('system', 'user')], [pools('system', 'extra', 'user')]);

    expect(values).toEqual([{ path: 'agentPoolProfiles[extra].maxCount', before: undefined, after: '3' }]);
  });

  it('does not take a module that is called otherwise for a change, but what is asked of it', () => {
    expect(changeBetween([looksUp('identities-4h2k', 'id')], [looksUp('who-is-who-x9', 'id')])).toBeUndefined();
    expect(onlyChange([looksUp('a', 'id')], [looksUp('a', 'otherId')]).values).toHaveLength(1);
  });

  it('pairs rights by who may do what where, and still says that one has another id', () => {
    const { name, values } = onlyChange([right('guid-1')], [right('guid-2')]);

    expect(name).toBe('of id-plan to see everything in rg-prod');
    expect(values).toEqual([{ path: 'name', before: 'guid-1', after: 'guid-2' }]);
  });

  it('says no more than that an environment is given a subscription', () => {
    const change = changeBetween([right('guid-1', NO_SUBSCRIPTION)], [right('guid-2')]);

    expect(change).toMatchObject({
      subscription: { before: NO_SUBSCRIPTION, after: SUBSCRIPTION },
      resources: [],
    });
  });

  it('knows a role of our own by its name, also where the subscription is part of that', () => {
    const role = (name: string, subscription: string) =>
      resource(
        'Authorization/roleDefinitions',
        name,
        { properties: { roleName: `Tollgate plan (rg-prod, ${subscription})` } },
        subscription,
      );

    expect(changeBetween([role('guid-1', NO_SUBSCRIPTION)], [role('guid-2', SUBSCRIPTION)])?.resources).toEqual([]);
    expect(onlyChange([role('guid-1', SUBSCRIPTION)], [role('guid-2', SUBSCRIPTION)])).toMatchObject({
      says: 'role of our own Tollgate plan (rg-prod): id guid-1 → guid-2',
    });
  });

  it('tells every other change beside a new subscription', () => {
    const before = resource('KeyVault/vaults', 'kv', { tags: { a: '1' } }, NO_SUBSCRIPTION);
    const change = changeBetween([before], [resource('KeyVault/vaults', 'kv', { tags: { a: '2' } })]);

    expect(change?.resources.map(({ values }) => values)).toEqual([[{ path: 'tags.a', before: '1', after: '2' }]]);
  });

  it('has environments of production first', () => {
    const files = (text: string) => new Map(['dev', 'prod'].map((name) => [`${name}/infra/resources.json`, text]));
    const sides = { before: files(JSON.stringify([model(1)])), after: files(JSON.stringify([model(2)])) };

    expect(compareAzure(sides, (name) => name === 'prod').map(({ environment }) => environment)).toEqual([
      'prod',
      'dev',
    ]);
  });

  it('has of an environment that comes or goes all that it is made of', () => {
    const files = new Map([[RESOURCES, JSON.stringify([model(1), pools('user')])]]);
    const kinds = [
      compareAzure({ before: new Map(), after: files }, () => true),
      compareAzure({ before: files, after: new Map() }, () => true),
    ].map(([change]) => [change?.kind, change?.resources.length]);

    expect(kinds).toEqual([
      ['added', 2],
      ['removed', 2],
    ]);
  });

  it('owns the files that it compares, and no others', () => {
    const paths = [RESOURCES, PARAMETERS, 'prod/infra/dashboards/a.json', 'prod/gateway/resources.json'];
    expect(paths.filter(isOfAzure)).toEqual([RESOURCES, PARAMETERS]);
  });
});

describe('a side that cannot be compared', () => {
  const some = JSON.stringify([model(1)]);
  const stays: [string, string] = ['prod/gateway/Service.gateway.yaml', 'kind: Service'];

  it.each([
    ['was never rendered', { [PARAMETERS]: '1' }, { [PARAMETERS]: '2' }, /never rendered/],
    ['was not rendered before', {}, { [RESOURCES]: some }, /nothing to compare it with/],
    ['is gone', { [RESOURCES]: some }, {}, /is gone/],
    [
      'is not in step with its parameters',
      { [PARAMETERS]: '1', [RESOURCES]: some },
      { [PARAMETERS]: '2', [RESOURCES]: some },
      /did not\. Either nothing/,
    ],
    ['is not JSON', { [RESOURCES]: some }, { [RESOURCES]: '{' }, /could not be compared/],
    ['is no list', { [RESOURCES]: some }, { [RESOURCES]: '{"a": []}' }, /could not be compared/],
    ['is a list of other things', { [RESOURCES]: some }, { [RESOURCES]: '[{"id": 1}, null]' }, /could not be compared/],
    [
      'is nested as nothing that a compiler writes',
      { [RESOURCES]: some },
      { [RESOURCES]: `[{"id": "a", "type": "b", "name": "c", "d": ${'['.repeat(60_000)}${']'.repeat(60_000)}}]` },
      /could not be compared/,
    ],
  ])('says in one line that it %s', (_, before: Record<string, string>, after: Record<string, string>, says) => {
    const side = (files: Record<string, string>) => new Map([stays, ...Object.entries(files)]);
    const changes = compareAzure({ before: side(before), after: side(after) }, () => true);

    expect(changes).toMatchObject([{ environment: 'prod', kind: 'changed', resources: [] }]);
    expect(changes[0]?.unknown).toMatch(says);
    expect(changes[0]?.unknown).not.toContain('\n');
  });
});

describe('what belongs to something that goes with it', () => {
  const vault = resource('KeyVault/vaults', 'kv');
  const endpoint = resource('Network/privateEndpoints', 'pe', {
    properties: { privateLinkServiceConnections: [{ name: 'kv', properties: { privateLinkServiceId: vault['id'] } }] },
  });
  const group = resource('Network/privateEndpoints/privateDnsZoneGroups', 'pe/default');

  it.each([
    ['goes with its parent', [endpoint, group], [], ['pe', false, 'pe', true]],
    ['goes with the service behind it', [vault, endpoint, group], [], ['kv', false, 'pe', true, 'pe', true]],
    ['goes alone', [vault, endpoint, group], [vault, endpoint], ['pe', false]],
  ])('is told with it where it %s', (_, before: Resource[], after: Resource[], told) => {
    const { resources = [] } = changeBetween(before, after) ?? {};
    expect(resources.flatMap(({ name, isPart }) => [name, isPart])).toEqual(told);
  });
});
