// What each type of resource is to somebody who has never seen Azure, in the order in which its loss hurts.

export interface ResourceKind {
  /** What it belongs to, as a heading says it. */
  readonly family: string;
  /** One of it, in a sentence. */
  readonly noun: string;
  /** Several of it. */
  readonly nouns: string;
  /** What is lost when it is deleted, of what lasts; left out of what can be made anew from Git. */
  readonly holds?: string;
  /** What no longer works without it, after a colon. */
  readonly without?: string;
  /** Something else cannot be reached without it. */
  readonly isWay?: boolean;
}

const MODELS = 'Models (Azure OpenAI)';
const DATABASE = 'Database (PostgreSQL)';
const CACHE = 'Cache (Redis)';
const SECRETS = 'Credentials (Key Vault)';
const IMAGES = 'Program images (registry)';
const CLUSTER = 'Cluster (Kubernetes)';
const NETWORK = 'Network';
const NAMES = 'Names (DNS)';
const IDENTITIES = 'Identities and rights';
const WATCHING = 'Logs, metrics and alerts';
const GROUPS = 'Resource groups';

const KINDS: Readonly<Record<string, ResourceKind>> = {
  'Microsoft.Resources/resourceGroups': {
    family: GROUPS,
    noun: 'resource group',
    nouns: 'resource groups',
    holds: 'everything that stands in it',
  },
  'Microsoft.DBforPostgreSQL/flexibleServers': {
    family: DATABASE,
    noun: 'PostgreSQL server',
    nouns: 'PostgreSQL servers',
    holds: 'the record of every request and its cost, the keys and teams that were made at run time, and its backups',
  },
  'Microsoft.DBforPostgreSQL/flexibleServers/databases': {
    family: DATABASE,
    noun: 'database',
    nouns: 'databases',
    holds: 'the record of every request and its cost, and the keys and teams that were made at run time',
  },
  'Microsoft.DBforPostgreSQL/flexibleServers/configurations': {
    family: DATABASE,
    noun: 'setting of the PostgreSQL server',
    nouns: 'settings of the PostgreSQL server',
    without: 'the server keeps the value that it has, and nothing holds it there',
  },
  'Microsoft.DBforPostgreSQL/flexibleServers/administrators': {
    family: DATABASE,
    noun: 'administrator of the database',
    nouns: 'administrators of the database',
    without: 'whoever that is can no longer sign in to the database',
  },
  'Microsoft.KeyVault/vaults': {
    family: SECRETS,
    noun: 'key vault',
    nouns: 'key vaults',
    holds: 'every credential that the gateway works with',
  },
  'Microsoft.Cache/redisEnterprise': {
    family: CACHE,
    noun: 'Redis cache',
    nouns: 'Redis caches',
    holds: 'the counters of limits, the money that is reserved for running requests, and the answers that are kept',
  },
  'Microsoft.Cache/redisEnterprise/databases': {
    family: CACHE,
    noun: 'database of the Redis cache',
    nouns: 'databases of the Redis cache',
    holds: 'the counters of limits, the money that is reserved for running requests, and the answers that are kept',
  },
  'Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments': {
    family: CACHE,
    noun: 'right to use the Redis cache',
    nouns: 'rights to use the Redis cache',
    without: 'that identity can no longer sign in to the cache',
  },
  'Microsoft.CognitiveServices/accounts': {
    family: MODELS,
    noun: 'Azure OpenAI account',
    nouns: 'Azure OpenAI accounts',
    holds: 'every model that it serves, and the address and keys by which they are called',
  },
  'Microsoft.CognitiveServices/accounts/deployments': {
    family: MODELS,
    noun: 'model',
    nouns: 'models',
    without: 'requests that are sent on to it fail',
  },
  'Microsoft.ContainerRegistry/registries': {
    family: IMAGES,
    noun: 'container registry',
    nouns: 'container registries',
    holds: 'every program image, without which nothing starts in the cluster',
  },
  'Microsoft.ContainerService/managedClusters': {
    family: CLUSTER,
    noun: 'Kubernetes cluster',
    nouns: 'Kubernetes clusters',
    holds: 'everything that runs in it, so that no request is answered until another cluster stands',
  },
  'Microsoft.ContainerService/managedClusters/maintenanceConfigurations': {
    family: CLUSTER,
    noun: 'maintenance window',
    nouns: 'maintenance windows',
    without: 'Azure may update the cluster at any hour',
  },
  'Microsoft.Network/virtualNetworks': {
    family: NETWORK,
    noun: 'virtual network',
    nouns: 'virtual networks',
    holds: 'the private network that everything else stands in',
  },
  'Microsoft.Network/publicIPAddresses': {
    family: NETWORK,
    noun: 'public address',
    nouns: 'public addresses',
    holds: 'an address that others may have let through or written into their DNS, and that nobody gets back',
  },
  'Microsoft.Network/natGateways': {
    family: NETWORK,
    noun: 'NAT gateway',
    nouns: 'NAT gateways',
    without: 'nothing in the cluster reaches the internet any more',
    isWay: true,
  },
  'Microsoft.Network/networkSecurityGroups': {
    family: NETWORK,
    noun: 'security group',
    nouns: 'security groups',
    without: 'nothing filters what enters and leaves its subnet',
  },
  'Microsoft.Network/privateEndpoints': {
    family: NETWORK,
    noun: 'private endpoint',
    nouns: 'private endpoints',
    without: 'the service behind it can no longer be reached from the network',
    isWay: true,
  },
  'Microsoft.Network/privateEndpoints/privateDnsZoneGroups': {
    family: NAMES,
    noun: 'DNS entry of private endpoint',
    nouns: 'DNS entries of private endpoints',
    without: "the service's name no longer leads to its private address",
    isWay: true,
  },
  'Microsoft.Network/dnsZones': {
    family: NAMES,
    noun: 'public DNS zone',
    nouns: 'public DNS zones',
    holds:
      'the names by which clients find the gateway; a new zone gets other name servers, which have to be told to the registrar',
  },
  'Microsoft.Network/dnsZones/A': {
    family: NAMES,
    noun: 'public name',
    nouns: 'public names',
    without: 'clients that ask for it find nothing',
  },
  'Microsoft.Network/dnsZones/CAA': {
    family: NAMES,
    noun: 'rule on who may sign certificates',
    nouns: 'rules on who may sign certificates',
    without: 'any certificate authority may sign for that name',
  },
  'Microsoft.Network/privateDnsZones': {
    family: NAMES,
    noun: 'private DNS zone',
    nouns: 'private DNS zones',
    without: 'names in it no longer lead to private addresses',
    isWay: true,
  },
  'Microsoft.Network/privateDnsZones/virtualNetworkLinks': {
    family: NAMES,
    noun: 'link of private DNS zone',
    nouns: 'links of private DNS zones to the network',
    without: 'names in the zone are not answered inside the network any more',
    isWay: true,
  },
  'Microsoft.ManagedIdentity/userAssignedIdentities': {
    family: IDENTITIES,
    noun: 'identity',
    nouns: 'identities',
    without:
      'whatever signs in with it is refused, and its rights go with it: one of the same name has to be given them anew',
  },
  'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials': {
    family: IDENTITIES,
    noun: 'trust in outside sign-ins',
    nouns: 'trusts in outside sign-ins',
    without: 'who signed in by it is refused',
  },
  'Microsoft.Authorization/roleAssignments': {
    family: IDENTITIES,
    noun: 'right',
    nouns: 'rights',
    without: 'what needs it is refused',
  },
  'Microsoft.Authorization/roleDefinitions': {
    family: IDENTITIES,
    noun: 'role of our own',
    nouns: 'roles of our own',
    without: 'nobody can be given it any more',
  },
  'Microsoft.OperationalInsights/workspaces': {
    family: WATCHING,
    noun: 'log workspace',
    nouns: 'log workspaces',
    holds: 'the logs of everything, among them who read which credential',
  },
  'Microsoft.Monitor/accounts': {
    family: WATCHING,
    noun: 'metrics workspace',
    nouns: 'metrics workspaces',
    holds: 'the metrics of the past, which alerts and dashboards read',
  },
  'Microsoft.Dashboard/grafana': {
    family: WATCHING,
    noun: 'Grafana',
    nouns: 'Grafanas',
    holds: 'the dashboards that people made there by hand',
  },
  'Microsoft.Dashboard/dashboards': {
    family: WATCHING,
    noun: 'dashboard',
    nouns: 'dashboards',
    without: 'nobody can look at it any more',
  },
  'Microsoft.Dashboard/dashboards/dashboardDefinitions': {
    family: WATCHING,
    noun: 'content of dashboard',
    nouns: 'contents of dashboards',
    without: 'the dashboard is empty',
  },
  'Microsoft.AlertsManagement/prometheusRuleGroups': {
    family: WATCHING,
    noun: 'group of alert rules',
    nouns: 'groups of alert rules',
    without: 'its alerts no longer go off',
  },
  'Microsoft.Insights/actionGroups': {
    family: WATCHING,
    noun: 'list of who is told of alerts',
    nouns: 'lists of who is told of alerts',
    without: 'nobody is told when an alert goes off',
  },
  'Microsoft.Insights/diagnosticSettings': {
    family: WATCHING,
    noun: 'audit log',
    nouns: 'audit logs',
    without: 'what is done to that service leaves no trace any more',
  },
  'Microsoft.Insights/dataCollectionEndpoints': {
    family: WATCHING,
    noun: 'entry for metrics',
    nouns: 'entries for metrics',
    without: 'metrics of the cluster do not arrive',
  },
  'Microsoft.Insights/dataCollectionRules': {
    family: WATCHING,
    noun: 'rule on what is collected',
    nouns: 'rules on what is collected',
    without: 'what it collected does not arrive any more',
  },
  'Microsoft.Insights/dataCollectionRuleAssociations': {
    family: WATCHING,
    noun: 'link of the cluster to what is collected',
    nouns: 'links of the cluster to what is collected',
    without: 'what it collected does not arrive any more',
  },
};

/** Of this build, in any spelling of the type; what is not in the table is called by its type. */
export function kindOf(type: string): ResourceKind {
  return (
    BY_TYPE.get(type.toLowerCase()) ?? {
      family: 'Other',
      noun: `resource of type ${type}`,
      nouns: `resources of type ${type}`,
    }
  );
}

/** What everything else stands in. */
export function isResourceGroup(type: string): boolean {
  return type.toLowerCase() === 'microsoft.resources/resourcegroups';
}

/** What stands first in a list: what holds most to lose. */
export function rankOf(type: string): number {
  const rank = ORDER.indexOf(type.toLowerCase());
  return rank === -1 ? ORDER.length : rank;
}

const BY_TYPE = new Map(Object.entries(KINDS).map(([type, kind]) => [type.toLowerCase(), kind]));
const ORDER = [...BY_TYPE.keys()];
