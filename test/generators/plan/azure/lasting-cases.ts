import type { Resource } from './snapshot-of.ts';

/** What Azure refuses to change, what is beside it and is taken, and a part of the reason that is given. */
export interface LastingCase {
  readonly what: string;
  readonly type: string;
  readonly before: Resource;
  readonly refused: Resource;
  readonly taken: Resource;
  readonly says: string;
}

const property = (path: string, value: unknown): Resource => ({
  properties: path.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value),
});

function lasting(
  what: string,
  type: string,
  path: string,
  [before, refused, taken]: readonly [unknown, unknown, unknown],
  says: string,
): LastingCase {
  return {
    what,
    type,
    before: property(path, before),
    refused: property(path, refused),
    taken: property(path, taken),
    says,
  };
}

const POSTGRES = 'DBforPostgreSQL/flexibleServers';
const REDIS = 'Cache/redisEnterprise';
const VAULT = 'KeyVault/vaults';
const CLUSTER = 'ContainerService/managedClusters';

/** `taken` is a change of the same setting that Azure makes, or what nobody has said before. */
export const LASTING_CASES: readonly LastingCase[] = [
  {
    what: 'a region',
    type: VAULT,
    before: { location: 'a' },
    refused: { location: 'b' },
    taken: { location: 'a', tags: { a: '1' } },
    says: 'nothing moves',
  },
  lasting('an older PostgreSQL', POSTGRES, 'version', ['17', '16', '18'], 'never goes back'),
  lasting('less storage', POSTGRES, 'storage.storageSizeGB', [256, 128, 512], 'storage only grows'),
  lasting('another administrator', POSTGRES, 'administratorLogin', ['a', 'b', 'a'], 'named once'),
  lasting(
    'backups elsewhere',
    POSTGRES,
    'backup.geoRedundantBackup',
    ['Disabled', 'Enabled', 'Disabled'],
    'when a server is made',
  ),
  lasting(
    'a server in another subnet',
    POSTGRES,
    'network.delegatedSubnetResourceId',
    ['a', 'b', 'a'],
    'stands in the network',
  ),
  lasting('another order of text', `${POSTGRES}/databases`, 'collation', ['C', 'en_US.utf8', 'C'], 'sorted'),
  lasting('a cache without its copy', REDIS, 'highAvailability', ['Enabled', 'Disabled', 'Enabled'], 'second copy'),
  lasting(
    'a cache that spreads otherwise',
    `${REDIS}/databases`,
    'clusteringPolicy',
    ['OSSCluster', 'EnterpriseCluster', 'OSSCluster'],
    'spreads its data',
  ),
  lasting('another port', `${REDIS}/databases`, 'port', [10_000, 6379, 10_000], 'when a cache is made'),
  lasting('a vault without its guard', VAULT, 'enablePurgeProtection', [true, false, true], 'guard cannot be lifted'),
  lasting('deleted credentials for shorter', VAULT, 'softDeleteRetentionInDays', [90, 7, 90], 'chosen once'),
  lasting(
    'another address of models',
    'CognitiveServices/accounts',
    'customSubDomainName',
    ['a', 'b', 'a'],
    'address of an account',
  ),
  lasting(
    'another model behind a name',
    'CognitiveServices/accounts/deployments',
    'model.name',
    ['a', 'b', 'a'],
    'never the model',
  ),
  lasting(
    'a registry in one zone',
    'ContainerRegistry/registries',
    'zoneRedundancy',
    ['Enabled', 'Disabled', 'Enabled'],
    'spans zones',
  ),
  lasting('an older Kubernetes', CLUSTER, 'kubernetesVersion', ['1.36', '1.9', '1.37'], 'never goes back'),
  lasting('another name of the cluster', CLUSTER, 'dnsPrefix', ['a', 'b', 'a'], 'name is chosen once'),
  lasting(
    'another range for pods',
    CLUSTER,
    'networkProfile.podCidr',
    ['10.244.0.0/16', '10.245.0.0/16', '10.244.0.0/15'],
    'only grows',
  ),
  lasting('another range for Services', CLUSTER, 'networkProfile.serviceCidr', ['a', 'b', 'a'], 'inner network'),
  lasting(
    'another zone of the API server',
    CLUSTER,
    'apiServerAccessProfile.privateDNSZone',
    ['a', 'b', 'a'],
    'commanded from',
  ),
  lasting('no issuer of tokens', CLUSTER, 'oidcIssuerProfile.enabled', [true, false, true], 'switched off again'),
  {
    what: 'another kind of machine',
    type: CLUSTER,
    before: property('agentPoolProfiles', [{ name: 'user', vmSize: 'a', maxCount: 3 }]),
    refused: property('agentPoolProfiles', [{ name: 'user', vmSize: 'b', maxCount: 3 }]),
    taken: property('agentPoolProfiles', [{ name: 'user', vmSize: 'a', maxCount: 9 }]),
    says: 'A pool of another name',
  },
  {
    what: 'another range of a subnet',
    type: 'Network/virtualNetworks',
    before: property('subnets', [{ name: 'a', properties: { addressPrefix: '10.0.0.0/24' } }]),
    refused: property('subnets', [{ name: 'a', properties: { addressPrefix: '10.0.1.0/24' } }]),
    taken: property('subnets', [
      { name: 'a', properties: { addressPrefix: '10.0.0.0/24' } },
      { name: 'b', properties: { addressPrefix: '10.0.1.0/24' } },
    ]),
    says: 'moved out',
  },
  {
    what: 'another NAT gateway',
    type: 'Network/natGateways',
    before: { sku: { name: 'a' } },
    refused: { sku: { name: 'b' } },
    taken: { sku: { name: 'a' }, ...property('idleTimeoutInMinutes', 30) },
    says: 'NAT gateway are chosen',
  },
  {
    what: 'another kind of address',
    type: 'Network/publicIPAddresses',
    before: { sku: { name: 'a' } },
    refused: { sku: { name: 'b' } },
    taken: { sku: { name: 'a' }, tags: { a: '1' } },
    says: 'of an address are chosen',
  },
  lasting(
    'an endpoint elsewhere',
    'Network/privateEndpoints',
    'subnet.id',
    ['a', 'b', 'a'],
    'where an endpoint stands',
  ),
  lasting(
    'a link to another network',
    'Network/privateDnsZones/virtualNetworkLinks',
    'virtualNetwork.id',
    ['a', 'b', 'a'],
    'keeps its network',
  ),
  lasting(
    'a Grafana in one zone',
    'Dashboard/grafana',
    'zoneRedundancy',
    ['Enabled', 'Disabled', 'Enabled'],
    'spans zones',
  ),
];
