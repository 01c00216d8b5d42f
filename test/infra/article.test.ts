import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { PredictedResource } from '../../generators/infrastructure/predicted-resources.ts';
import { ROOT, templatesBelow } from './infra-copy.ts';
import { articleRows, findFalseRows } from './readme-tables.ts';

/** Every resource of Azure that the article names, in its own words where they are names. */
const NAMED = [
  'resource group',
  'Kubernetes Service',
  'system and user node pools',
  'CNI Overlay',
  'network policies',
  'Container Registry',
  'PostgreSQL flexible server',
  'Managed Redis',
  'Redis over TLS',
  'Key Vault',
  'Azure OpenAI',
  'GPT-4o',
  'NAT gateway',
  'dedicated public IP',
  'virtual network',
  'snet-aks',
  'snet-pe',
  'snet-ingress',
  'private endpoint of PostgreSQL',
  'private endpoint of Redis',
  'private endpoint of the registry',
  'private endpoint of Key Vault',
  'privatelink.postgres.database.azure.com, linked',
  'privatelink.redis.azure.net, linked',
  'privatelink.azurecr.io, linked',
  'privatelink.vaultcore.azure.net, linked',
  'public ingress IP',
  'DNS A record',
];

const rows = articleRows(readFileSync(join(ROOT, 'infra/README.md'), 'utf8'));
const resources = JSON.parse(
  readFileSync(join(ROOT, 'dist/dev/infra/resources.json'), 'utf8'),
) as readonly PredictedResource[];

it('has a row for every resource that the article names', () => {
  expect(NAMED.filter((name) => !rows.some(({ words }) => words.includes(name)))).toEqual([]);
});

it('says of every one what it is called, and which template makes it', () => {
  expect(findFalseRows(rows, resources, templatesBelow(ROOT))).toEqual([]);
});

it.each([
  [{ name: 'kv-of-nobody' }, 'Key Vault: there is no Microsoft.KeyVault/vaults kv-of-nobody'],
  [
    { says: ['"enableRbacAuthorization":false'] },
    'Key Vault: kv-dev-k7m2 does not say "enableRbacAuthorization":false',
  ],
  [{ file: 'modules/redis.bicep' }, 'Key Vault: modules/redis.bicep makes no Microsoft.KeyVault/vaults'],
])('finds a row that is not so any more: %o', (change, finding) => {
  const row = rows.find(({ words }) => words === 'Key Vault');
  if (row === undefined) throw new Error('the table has no Key Vault');
  expect(findFalseRows([{ ...row, ...change }], resources, templatesBelow(ROOT))).toEqual([finding]);
});

it('finds a resource that is not there any more', () => {
  const gone = resources.filter(({ type }) => type !== 'Microsoft.Network/natGateways');
  expect(findFalseRows(rows, gone, templatesBelow(ROOT))).toEqual([
    'NAT gateway: there is no Microsoft.Network/natGateways ng-tollgate-dev',
  ]);
});
