import type { PredictedResource } from '../../../generators/infrastructure/predicted-resources.ts';
import { ofType, shortId, valueAt, type ResourceRule } from './rule.ts';

/** Type, path, and the values that are right. `undefined`: the property is not there. */
type Setting = readonly [type: string, path: string, ...values: unknown[]];

const AKS = 'Microsoft.ContainerService/managedClusters';
const REGISTRY = 'Microsoft.ContainerRegistry/registries';
const VAULT = 'Microsoft.KeyVault/vaults';
const POSTGRES = 'Microsoft.DBforPostgreSQL/flexibleServers';
const REDIS = 'Microsoft.Cache/redisEnterprise';
const OPENAI = 'Microsoft.CognitiveServices/accounts';

const AKS_SETTINGS: readonly Setting[] = [
  [AKS, 'identity.type', 'UserAssigned'],
  [AKS, 'properties.disableLocalAccounts', true],
  [AKS, 'properties.enableRBAC', true],
  [AKS, 'properties.aadProfile.managed', true],
  [AKS, 'properties.aadProfile.enableAzureRBAC', true],
  [AKS, 'properties.apiServerAccessProfile.enablePrivateCluster', true],
  [AKS, 'properties.apiServerAccessProfile.enablePrivateClusterPublicFQDN', false],
  [AKS, 'properties.apiServerAccessProfile.enableVnetIntegration', true],
  // The one way in for workflows.
  [AKS, 'properties.apiServerAccessProfile.disableRunCommand', false],
  [AKS, 'properties.oidcIssuerProfile.enabled', true],
  [AKS, 'properties.securityProfile.workloadIdentity.enabled', true],
  [AKS, 'properties.networkProfile.networkPluginMode', 'overlay'],
  [AKS, 'properties.networkProfile.networkPolicy', 'cilium', 'azure'],
  [AKS, 'properties.networkProfile.outboundType', 'userAssignedNATGateway'],
  // AKS's own NGINX ends, and has a public address of its own.
  [AKS, 'properties.ingressProfile.webAppRouting.nginx.defaultIngressControllerType', 'None', undefined],
  [AKS, 'properties.autoUpgradeProfile.upgradeChannel', 'patch'],
  [AKS, 'properties.autoUpgradeProfile.nodeOSUpgradeChannel', 'NodeImage'],
  [AKS, 'properties.addonProfiles.azureKeyvaultSecretsProvider.enabled', true],
  [AKS, 'properties.addonProfiles.azureKeyvaultSecretsProvider.config.enableSecretRotation', 'true'],
  // Above the 620 s that a pod of the gateway has for its last streams.
  [AKS, 'properties.autoScalerProfile.max-graceful-termination-sec', '660'],
];

const SERVICE_SETTINGS: readonly Setting[] = [
  [REGISTRY, 'sku.name', 'Premium'],
  [REGISTRY, 'properties.adminUserEnabled', false],
  [REGISTRY, 'properties.anonymousPullEnabled', false],
  [REGISTRY, 'properties.networkRuleBypassOptions', 'AzureServices'],
  [REGISTRY, 'properties.roleAssignmentMode', 'LegacyRegistryPermissions'],
  [REGISTRY, 'properties.policies.retentionPolicy.status', 'enabled'],
  [VAULT, 'properties.enableRbacAuthorization', true],
  [VAULT, 'properties.enableSoftDelete', true],
  // Azure refuses false once it was true.
  [VAULT, 'properties.enablePurgeProtection', true, undefined],
  [VAULT, 'properties.networkAcls.defaultAction', 'Deny'],
  [POSTGRES, 'properties.network.delegatedSubnetResourceId', undefined],
  [POSTGRES, 'properties.availabilityZone', undefined],
  [POSTGRES, 'properties.authConfig.activeDirectoryAuth', 'Enabled'],
  [POSTGRES, 'properties.storage.autoGrow', 'Enabled'],
  [REDIS, 'properties.minimumTlsVersion', '1.2'],
  [REDIS, 'sku.capacity', undefined],
  [REDIS, 'zones', undefined],
  [`${REDIS}/databases`, 'properties.clientProtocol', 'Encrypted'],
  [`${REDIS}/databases`, 'properties.port', 10_000],
  [`${REDIS}/databases`, 'properties.clusteringPolicy', 'NoCluster', 'EnterpriseCluster'],
  [OPENAI, 'kind', 'OpenAI'],
  [OPENAI, 'identity.type', 'SystemAssigned'],
  [OPENAI, 'properties.networkAcls.defaultAction', 'Deny'],
  ['Microsoft.OperationalInsights/workspaces', 'properties.features.disableLocalAuth', true],
  ['Microsoft.Dashboard/grafana', 'properties.apiKey', 'Disabled'],
];

export const SETTING_RULES: readonly ResourceRule[] = [
  {
    title: 'the cluster is private, knows no local account, keeps itself up to date and waits for streams',
    reason: 'Local accounts pass Entra by; what is not said outright changes with the next version of Azure.',
    find: (resources) => findOddSettings(resources, AKS_SETTINGS),
  },
  {
    title: 'services are set as they have to be',
    reason:
      'Each is a trap that deploys well: a registry that refuses imports, a vault by access policies, a Redis that answers MOVED.',
    find: (resources) => [...findOddSettings(resources, SERVICE_SETTINGS), ...findOddSubdomains(resources)],
  },
  {
    title: 'Postgres speaks TLS alone',
    reason: 'Both are settings of the server, beside its resource.',
    find: findPlainPostgres,
  },
  {
    title: 'pods find a node, and zones have one each',
    reason:
      'A taint on every pool keeps run-command, Argo CD and cert-manager out; fewer nodes than zones is one zone too many.',
    find: (resources) => ofType(resources, AKS).flatMap(findOddPools),
  },
];

function findOddSettings(resources: readonly PredictedResource[], settings: readonly Setting[]): string[] {
  return settings.flatMap(([type, path, ...values]) =>
    ofType(resources, type).flatMap((resource) => {
      const value = valueAt(resource, path);
      if (values.includes(value)) return [];
      return [
        `${shortId(resource.id)}: ${path} is ${JSON.stringify(value)}, not ${values.map((each) => JSON.stringify(each)).join(' or ')}`,
      ];
    }),
  );
}

/** It cannot be changed, and tokens and endpoints work by it alone. */
function findOddSubdomains(resources: readonly PredictedResource[]): string[] {
  return ofType(resources, OPENAI)
    .filter((account) => valueAt(account, 'properties.customSubDomainName') !== account['name'])
    .map(({ id }) => `${shortId(id)}: customSubDomainName is not its name`);
}

function findPlainPostgres(resources: readonly PredictedResource[]): string[] {
  const configurations = ofType(resources, `${POSTGRES}/configurations`);
  const wanted = { require_secure_transport: 'on', ssl_min_protocol_version: 'TLSv1.2' };
  return ofType(resources, POSTGRES).flatMap(({ id }) =>
    Object.entries(wanted)
      .filter(
        ([name, value]) =>
          valueAt(
            configurations.find((each) => each.id === `${id}/configurations/${name}`),
            'properties.value',
          ) !== value,
      )
      .map(([name, value]) => `${shortId(id)}: ${name} is not ${value}`),
  );
}

interface Pool {
  readonly name: string;
  readonly mode: string;
  readonly nodeTaints?: readonly string[];
  readonly minCount: number;
  readonly availabilityZones: readonly string[];
}

function findOddPools(cluster: PredictedResource): string[] {
  const pools = valueAt(cluster, 'properties.agentPoolProfiles') as Pool[];
  const where = shortId(cluster.id);
  const open = pools.some(({ mode, nodeTaints = [] }) => mode === 'User' && nodeTaints.length === 0);
  return [
    ...(open ? [] : [`${where} has no pool without a taint`]),
    ...pools
      .filter(({ availabilityZones, minCount }) => minCount < availabilityZones.length)
      .map(({ name, minCount }) => `${where}: pool ${name} has ${minCount} nodes for more zones`),
  ];
}
