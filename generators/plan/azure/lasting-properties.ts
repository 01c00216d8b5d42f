import { contains, parseIpRange } from '../../../environments/schema/ip-range.ts';

// What Azure does not change of what stands. A deployment that asks for it is refused, so that the resource would have to
// be deleted and made anew. Each row names where that is said: `learn` is learn.microsoft.com/azure, `terraform` the pages
// of the azurerm provider, whose "forces a new resource" is what its makers found Azure to refuse.

export interface LastingProperty {
  /** Left out: of every type. */
  readonly type?: string;
  readonly path: RegExp;
  /** Left out: any change. */
  readonly when?: (before: string, after: string) => boolean;
  /** Why, as a clause. */
  readonly reason: string;
  /** What has to be done instead; left out where the whole resource would have to be made anew. */
  readonly instead?: string;
}

const POSTGRES = 'Microsoft.DBforPostgreSQL/flexibleServers';
const REDIS = 'Microsoft.Cache/redisEnterprise';
const VAULT = 'Microsoft.KeyVault/vaults';
const CLUSTER = 'Microsoft.ContainerService/managedClusters';
const NETWORK = 'Microsoft.Network';

const shrinks = (before: string, after: string) => Number(after) < Number(before);
const isSwitchedOff = (before: string, after: string) => /^(true|enabled)$/i.test(before) && before !== after;
const ANOTHER_POOL = 'A pool of another name has to take its place, and what runs moves over.';

const LASTING: readonly LastingProperty[] = [
  // learn/azure-resource-manager/troubleshooting/error-invalid-resource-location
  { path: /^location$/, reason: 'nothing moves from one region to another' },

  // learn/postgresql: concepts-scaling-resources (storage), concepts-major-version-upgrade, concepts-networking-private (the
  // choice of network), concepts-backup-restore (geo-redundancy); terraform: postgresql_flexible_server
  {
    type: POSTGRES,
    path: /^version$/,
    when: shrinks,
    reason: 'a PostgreSQL server never goes back to an older version',
  },
  { type: POSTGRES, path: /^storage\.storageSizeGB$/, when: shrinks, reason: 'storage only grows' },
  { type: POSTGRES, path: /^administratorLogin$/, reason: 'the administrator of a server is named once' },
  { type: POSTGRES, path: /^backup\.geoRedundantBackup$/, reason: 'this is chosen when a server is made' },
  {
    type: POSTGRES,
    path: /^network\.(delegatedSubnetResourceId|privateDnsZoneArmResourceId)$/,
    reason: 'how a server stands in the network is chosen when it is made',
  },
  {
    type: `${POSTGRES}/databases`,
    path: /^(charset|collation)$/,
    reason: 'how text is sorted is chosen when it is made',
  },

  // learn/redis/architecture, learn/redis/how-to-scale; terraform: managed_redis
  {
    type: REDIS,
    path: /^highAvailability$/,
    when: isSwitchedOff,
    reason: 'the second copy of a cache cannot be given up',
  },
  {
    type: `${REDIS}/databases`,
    path: /^clusteringPolicy$/,
    when: (before) => before !== 'NoCluster',
    reason: 'how a cache spreads its data is chosen when it is made',
  },
  { type: `${REDIS}/databases`, path: /^(port|modules\b.*)$/, reason: 'this is chosen when a cache is made' },

  // learn/key-vault/general/soft-delete-overview
  {
    type: VAULT,
    path: /^(enablePurgeProtection|enableSoftDelete)$/,
    when: isSwitchedOff,
    reason: 'this guard cannot be lifted',
  },
  {
    type: VAULT,
    path: /^softDeleteRetentionInDays$/,
    reason: 'for how long deleted credentials are kept is chosen once',
  },

  // learn/ai-services/cognitive-services-custom-subdomains; terraform: cognitive_deployment
  {
    type: 'Microsoft.CognitiveServices/accounts',
    path: /^customSubDomainName$/,
    reason: 'the address of an account is chosen once',
  },
  {
    type: 'Microsoft.CognitiveServices/accounts/deployments',
    path: /^model\.(name|format)$/,
    reason: 'behind one name Azure changes the version of a model, never the model',
    instead: 'Give the other model a name of its own, move programs over, and take the old one out later.',
  },

  // learn/container-registry/zone-redundancy
  {
    type: 'Microsoft.ContainerRegistry/registries',
    path: /^zoneRedundancy$/,
    reason: 'whether a registry spans zones is chosen when it is made',
  },

  // learn/aks: supported-kubernetes-versions, azure-cni-overlay-pod-expand, use-oidc-issuer, private-clusters,
  // api-server-vnet-integration; terraform: kubernetes_cluster, kubernetes_cluster_node_pool
  {
    type: CLUSTER,
    path: /^kubernetesVersion$/,
    when: (before, after) => compareVersions(after, before) < 0,
    reason: 'a cluster never goes back to an older version',
  },
  { type: CLUSTER, path: /^(dnsPrefix|fqdnSubdomain|nodeResourceGroup)$/, reason: 'this name is chosen once' },
  {
    type: CLUSTER,
    path: /^networkProfile\.podCidr$/,
    when: (before, after) => !isWithin(after, before),
    reason: 'the range of addresses for pods only grows around the old one',
  },
  {
    type: CLUSTER,
    path: /^networkProfile\.(serviceCidr|dnsServiceIP|loadBalancerSku)$/,
    reason: 'the inner network of a cluster is chosen when it is made',
  },
  {
    type: CLUSTER,
    path: /^apiServerAccessProfile\.(privateDNSZone|subnetId)$/,
    reason: 'where a cluster is commanded from is chosen when it is made',
  },
  {
    type: CLUSTER,
    path: /^(oidcIssuerProfile\.enabled|apiServerAccessProfile\.enableVnetIntegration)$/,
    when: isSwitchedOff,
    reason: 'this cannot be switched off again',
  },
  {
    type: CLUSTER,
    path: /^agentPoolProfiles\[[^\]]*\]\.(vmSize|vnetSubnetID|osType|osDiskType|osDiskSizeGB|maxPods|availabilityZones)$/,
    // A pool that goes as a whole may go.
    when: (_, after) => after !== '',
    reason: 'a pool keeps the kind and the place of its machines',
    instead: ANOTHER_POOL,
  },

  // learn/virtual-network/manage-subnet-delegation, learn/virtual-network/virtual-network-manage-subnet
  {
    type: `${NETWORK}/virtualNetworks`,
    path: /^subnets\[[^\]]*\]\.addressPrefix$/,
    reason: 'a subnet keeps its range while anything stands in it',
    instead: 'What stands in it has to be moved out or deleted first.',
  },
  // learn/nat-gateway/nat-sku, learn/virtual-network/ip-services/public-ip-addresses; terraform: nat_gateway, public_ip
  {
    type: `${NETWORK}/natGateways`,
    path: /^(sku\.name|zones)$/,
    reason: 'kind and zones of a NAT gateway are chosen when it is made',
  },
  {
    type: `${NETWORK}/publicIPAddresses`,
    path: /^(sku\.(name|tier)|zones|publicIPAddressVersion)$/,
    reason: 'kind and zones of an address are chosen when it is made',
  },
  // terraform: private_endpoint, private_dns_zone_virtual_network_link
  {
    type: `${NETWORK}/privateEndpoints`,
    path: /^(subnet\.id|customNetworkInterfaceName|privateLinkServiceConnections.*\.(privateLinkServiceId|groupIds))$/,
    reason: 'where an endpoint stands and leads is chosen when it is made',
  },
  {
    type: `${NETWORK}/privateDnsZones/virtualNetworkLinks`,
    path: /^virtualNetwork\.id$/,
    reason: 'a link keeps its network',
  },
  // learn/managed-grafana/how-to-enable-zone-redundancy
  {
    type: 'Microsoft.Dashboard/grafana',
    path: /^zoneRedundancy$/,
    reason: 'whether it spans zones is chosen when it is made',
  },
];

const NIL_ID = /^0{8}(-0{4}){3}-0{12}$/;

/** Why Azure would refuse a change of one property; undefined where it takes it. What was not said before is new to Azure too. */
export function lastingProperty(
  type: string,
  {
    path,
    before,
    after = '',
  }: { readonly path: string; readonly before?: string | undefined; readonly after?: string | undefined },
): LastingProperty | undefined {
  // Zeros stand for what no deployment has been given yet.
  if (before === undefined || NIL_ID.test(before)) return undefined;
  return LASTING.find(
    (row) =>
      (row.type === undefined || row.type.toLowerCase() === type.toLowerCase()) &&
      row.path.test(path) &&
      (row.when === undefined || row.when(before, after)),
  );
}

function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  const index = left?.findIndex((part, place) => part !== (right?.[place] ?? 0)) ?? -1;
  return index === -1 ? 0 : (left?.[index] ?? 0) - (right?.[index] ?? 0);
}

function isWithin(outer: string, inner: string): boolean {
  try {
    return contains(parseIpRange(outer), parseIpRange(inner));
  } catch {
    return false;
  }
}
