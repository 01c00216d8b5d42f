/** Type, path, and the values that are right: `undefined` where the property is not there, or the form of its JSON. */
export type Setting = readonly [type: string, path: string, ...values: unknown[]];

export const AKS = 'Microsoft.ContainerService/managedClusters';
const REGISTRY = 'Microsoft.ContainerRegistry/registries';
const VAULT = 'Microsoft.KeyVault/vaults';
export const POSTGRES = 'Microsoft.DBforPostgreSQL/flexibleServers';
const REDIS = 'Microsoft.Cache/redisEnterprise';
export const OPENAI = 'Microsoft.CognitiveServices/accounts';

const KUBELET = 'properties.identityProfile.kubeletidentity';
const CONTAINER_LOGS = 'properties.dataSources.extensions.0.extensionSettings.dataCollectionSettings';
const POOLS = ['properties.agentPoolProfiles.0', 'properties.agentPoolProfiles.1'];

/** What has to be there, and what else may be, by type. */
export const KNOWN_NAMES: Readonly<
  Record<string, { readonly must: readonly string[]; readonly may?: readonly string[] }>
> = {
  [`${AKS}/maintenanceConfigurations`]: { must: ['aksManagedAutoUpgradeSchedule', 'aksManagedNodeOSUpgradeSchedule'] },
  'Microsoft.Insights/dataCollectionRuleAssociations': {
    must: ['ContainerInsightsExtension'],
    may: ['ContainerInsightsMetricsExtension'],
  },
  [`${REDIS}/databases`]: { must: ['default'] },
  [`${POSTGRES}/databases`]: { must: ['tollgate'] },
};

export const AKS_SETTINGS: readonly Setting[] = [
  [AKS, 'identity.type', 'UserAssigned'],
  [AKS, 'identity.userAssignedIdentities', /^\{"[^"]+-control-plane":\{\}\}$/],
  // The id of the object is what rights are granted to; that of the client would pull nothing.
  [AKS, `${KUBELET}.objectId`, /-kubelet', '[^']+'\)\.principalId\]"$/],
  [AKS, `${KUBELET}.clientId`, /-kubelet', '[^']+'\)\.clientId\]"$/],
  [AKS, `${KUBELET}.resourceId`, /-kubelet"$/],
  [AKS, 'properties.nodeResourceGroupProfile.restrictionLevel', 'ReadOnly'],
  ...POOLS.flatMap((pool): Setting[] => [
    [AKS, `${pool}.securityProfile.sshAccess`, 'Disabled'],
    [AKS, `${pool}.localDNSProfile.mode`, 'Disabled'],
    [AKS, `${pool}.vnetSubnetID`, /\/subnets\/snet-aks"$/],
    [AKS, `${pool}.enableAutoScaling`, true],
    [AKS, `${pool}.upgradeSettings.drainTimeoutInMinutes`, 30],
  ]),
  [AKS, 'properties.disableLocalAccounts', true],
  [AKS, 'properties.enableRBAC', true],
  [AKS, 'properties.aadProfile.managed', true],
  [AKS, 'properties.aadProfile.enableAzureRBAC', true],
  [AKS, 'properties.apiServerAccessProfile.enablePrivateCluster', true],
  [AKS, 'properties.apiServerAccessProfile.enablePrivateClusterPublicFQDN', false],
  [AKS, 'properties.apiServerAccessProfile.enableVnetIntegration', true],
  [AKS, 'properties.apiServerAccessProfile.subnetId', /\/subnets\/snet-apiserver"$/],
  [AKS, 'properties.apiServerAccessProfile.privateDNSZone', /\/privateDnsZones\/private\.\w+\.azmk8s\.io"$/],
  // The one way in for workflows.
  [AKS, 'properties.apiServerAccessProfile.disableRunCommand', false],
  [AKS, 'properties.oidcIssuerProfile.enabled', true],
  [AKS, 'properties.securityProfile.workloadIdentity.enabled', true],
  [AKS, 'properties.networkProfile.networkPluginMode', 'overlay'],
  [AKS, 'properties.networkProfile.networkPolicy', 'cilium', 'azure'],
  [AKS, 'properties.networkProfile.outboundType', 'userAssignedNATGateway'],
  // AKS's own NGINX ends, and has a public address of its own.
  [AKS, 'properties.ingressProfile.webAppRouting.nginx.defaultIngressControllerType', 'None', undefined],
  [AKS, 'properties.addonProfiles.omsagent.enabled', true],
  [AKS, 'properties.addonProfiles.omsagent.config.useAADAuth', 'true'],
  [AKS, 'properties.autoUpgradeProfile.upgradeChannel', 'patch'],
  [AKS, 'properties.autoUpgradeProfile.nodeOSUpgradeChannel', 'NodeImage'],
  [AKS, 'properties.addonProfiles.azureKeyvaultSecretsProvider.enabled', true],
  [AKS, 'properties.addonProfiles.azureKeyvaultSecretsProvider.config.enableSecretRotation', 'true'],
  // Above the 620 s that a pod of the gateway has for its last streams.
  [AKS, 'properties.autoScalerProfile.max-graceful-termination-sec', '660'],
];

export const SERVICE_SETTINGS: readonly Setting[] = [
  [REGISTRY, 'sku.name', 'Premium'],
  [REGISTRY, 'properties.adminUserEnabled', false],
  [REGISTRY, 'properties.anonymousPullEnabled', false],
  [REGISTRY, 'properties.networkRuleBypassOptions', 'AzureServices'],
  [REGISTRY, 'properties.networkRuleBypassAllowedForTasks', false],
  [REGISTRY, 'properties.dataEndpointEnabled', true],
  [REGISTRY, 'properties.policies.exportPolicy.status', 'disabled'],
  [REGISTRY, 'properties.roleAssignmentMode', 'LegacyRegistryPermissions'],
  [REGISTRY, 'properties.policies.retentionPolicy.status', 'enabled'],
  [VAULT, 'properties.enableRbacAuthorization', true],
  [VAULT, 'properties.enableSoftDelete', true],
  // Azure refuses false once it was true.
  [VAULT, 'properties.enablePurgeProtection', true, undefined],
  [VAULT, 'properties.networkAcls.defaultAction', 'Deny'],
  [VAULT, 'properties.networkAcls.bypass', 'AzureServices'],
  [VAULT, 'properties.enabledForTemplateDeployment', true],
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
  // A counter has no end, and must not go because answers fill the memory.
  [`${REDIS}/databases`, 'properties.evictionPolicy', 'VolatileLRU'],
  [`${REDIS}/databases/accessPolicyAssignments`, 'properties.user.objectId', /-gateway', '[^']+'\)\.principalId\]"$/],
  [OPENAI, 'kind', 'OpenAI'],
  // No version but the one that was tried, until it is retired.
  [`${OPENAI}/deployments`, 'properties.versionUpgradeOption', 'OnceCurrentVersionExpired'],
  [OPENAI, 'identity.type', 'SystemAssigned'],
  [OPENAI, 'properties.networkAcls.defaultAction', 'Deny'],
  // A vault of somebody else has no record in our zone.
  ['Microsoft.Network/privateDnsZones/virtualNetworkLinks', 'properties.resolutionPolicy', 'NxDomainRedirect'],
  ['Microsoft.Network/dnsZones/CAA', 'properties.caaRecords.0.value', 'letsencrypt.org'],
  ['Microsoft.Insights/actionGroups', 'properties.enabled', true],
  ['Microsoft.Insights/dataCollectionRules', `${CONTAINER_LOGS}.enableContainerLogV2`, true, undefined],
  ['Microsoft.OperationalInsights/workspaces', 'properties.features.disableLocalAuth', true],
  ['Microsoft.Dashboard/grafana', 'properties.apiKey', 'Disabled'],
];
