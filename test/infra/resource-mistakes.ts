import type { Mistake } from './mistakes.ts';

/** What deploys, or looks as if it did: found in what the templates create in dev, by rule. */
export const RESOURCE_MISTAKES: Readonly<Record<string, readonly Mistake[]>> = {
  'services are closed to the internet': [
    {
      title: 'public access on',
      file: 'modules/key-vault.bicep',
      from: "publicNetworkAccess: 'Disabled'",
      to: "publicNetworkAccess: 'Enabled'",
      says: /vaults\/kv-dev-\w+: properties\.publicNetworkAccess/,
    },
    {
      title: 'Postgres with public access',
      file: 'modules/postgres.bicep',
      from: "network: { publicNetworkAccess: 'Disabled' }",
      to: "network: { publicNetworkAccess: 'Enabled' }",
      says: /flexibleServers\/psql-tollgate-dev-\w+: properties\.network/,
    },
  ],
  'every service has one private endpoint, in its subnet': [
    {
      title: 'a service without an endpoint',
      file: 'modules/registry.bicep',
      from: "module endpoint 'private-endpoint.bicep' = {",
      to: "module endpoint 'private-endpoint.bicep' = if (empty(place.location)) {",
      says: /registries\/\S+ has 0 private endpoints/,
    },
    {
      title: 'an endpoint among the nodes',
      file: 'modules/private-endpoint.bicep',
      from: 'name: place.names.subnets.privateEndpoints',
      to: 'name: place.names.subnets.aks',
      says: /privateEndpoints\/pe-.* stands outside of snet-pe/,
    },
  ],
  'every endpoint writes its names into the zones of the table': [
    {
      title: "the zones of another service's row",
      file: 'modules/redis.bicep',
      from: "service: 'redis'",
      to: "service: 'postgres'",
      says: /pe-redis-tollgate-dev-\w+ asks for postgresqlServer/,
    },
    {
      title: 'a second zone group',
      file: 'modules/private-endpoint.bicep',
      from: '  // One group with all zones',
      to: "  resource second 'privateDnsZoneGroups' = {\n    name: 'second'\n    properties: { privateDnsZoneConfigs: [] }\n  }\n\n  // One group with all zones",
      says: /pe-\S+ has 2 zone groups/,
    },
  ],
  'every private zone of the table is there and linked, and no other': [
    {
      title: 'a zone without a link',
      file: 'modules/private-dns.bicep',
      from: 'for (zone, index) in zoneNames:',
      to: 'for (zone, index) in skip(zoneNames, 1):',
      says: /zone privatelink\.azurecr\.io is not linked/,
    },
    {
      title: 'a zone that is left out',
      file: 'modules/private-dns.bicep',
      from: "items(loadJsonContent('../private-dns-zones.json'))",
      to: "skip(items(loadJsonContent('../private-dns-zones.json')), 1)",
      says: /zone privatelink\.swedencentral\.azmk8s\.io of the table is missing/,
    },
    {
      title: 'a zone that registers every machine',
      file: 'modules/private-dns.bicep',
      from: 'registrationEnabled: false',
      to: 'registrationEnabled: true',
      says: /zone \S+ is not linked/,
    },
  ],
  'no two address ranges overlap': [
    {
      title: 'pods in the range of the network',
      file: 'modules/aks.bicep',
      from: "podCidr: '10.244.0.0/16'",
      to: "podCidr: '10.30.0.0/16'",
      says: /pods 10\.30\.0\.0\/16 overlaps snet-aks/,
    },
    {
      title: 'endpoints in the range of the nodes',
      file: 'modules/network.bicep',
      from: 'addressPrefix: ranges.subnets.privateEndpoints',
      to: 'addressPrefix: ranges.subnets.aks',
      says: /snet-pe 10\.30\.0\.0\/23 overlaps snet-aks/,
    },
  ],
  'every subnet has a security group, and only what belongs there': [
    {
      title: 'endpoints beyond the rules of their security group',
      file: 'modules/network.bicep',
      from: "privateEndpointNetworkPolicies: 'NetworkSecurityGroupEnabled'",
      to: "privateEndpointNetworkPolicies: 'Disabled'",
      says: /snet-pe: rules do not bind/,
    },
    {
      title: 'an API server without a delegated subnet',
      file: 'modules/network.bicep',
      from: "serviceName: 'Microsoft.ContainerService/managedClusters'",
      to: "serviceName: 'Microsoft.DBforPostgreSQL/flexibleServers'",
      says: /snet-apiserver is delegated to Microsoft\.DBforPostgreSQL/,
    },
  ],
  'the internet reaches ports 80 and 443 of the nodes, and nothing else': [
    {
      title: 'every port open',
      file: 'modules/network-rules.bicep',
      from: "destinationPortRanges: ['80', '443']",
      to: "destinationPortRanges: ['*']",
      says: /nsg-snet-aks: allow-web-from-internet opens every port/,
    },
    {
      title: 'endpoints open to anywhere',
      file: 'modules/network-rules.bicep',
      from: "access: 'Deny'",
      to: "access: 'Allow'",
      says: /nsg-snet-pe: deny-all-else/,
    },
  ],
  'nodes leave by a NAT gateway with an address of its kind, and streams may be silent': [
    {
      title: 'an address of another kind',
      file: 'modules/egress.bicep',
      from: "sku: { name: sku, tier: 'Regional' }",
      to: "sku: { name: 'StandardV2', tier: 'Regional' }",
      says: /natGateways\/\S+ is Standard, and its address StandardV2/,
    },
    {
      title: 'connections that end after four minutes',
      file: 'modules/egress.bicep',
      from: 'idleTimeoutInMinutes: 30',
      to: 'idleTimeoutInMinutes: 4',
      says: /natGateways\/\S+ ends connections after 4/,
    },
  ],
  'roles are those of the table, given to identities of this environment': [
    {
      title: 'an assignment without principalType',
      file: 'modules/open-ai.bicep',
      from: "    principalType: 'ServicePrincipal'\n",
      to: '',
      says: /accounts\/oai-tollgate-dev-\S+ has no principalType/,
    },
    {
      title: 'an identity that nobody makes',
      file: 'modules/registry.bicep',
      from: 'place.names.identities.argocd',
      to: "'id-argocd'",
      says: /registries\/\S+ is for \S+id-argocd/,
    },
  ],
  'whoever grants roles grants no role that raises himself': [
    {
      title: 'rights to grant rights, without a condition',
      file: 'modules/github-rights.bicep',
      from: 'right.role == roles.rbacAdministrator ?',
      to: 'right.role == roles.reader ?',
      says: /roleAssignments\/\S+ may grant roles without a condition/,
    },
    {
      title: 'Contributor among what may be granted',
      file: 'modules/github-rights.bicep',
      from: '    roles.acrPull\n',
      to: '    roles.contributor\n',
      says: /roleAssignments\/\S+ may grant b24988ac/,
    },
  ],
  'tokens are trusted by exact subject': [
    {
      title: 'a subject for any ServiceAccount',
      file: 'modules/workload-identities.bicep',
      from: ':${workload.serviceAccount}',
      to: ':*',
      says: /federatedIdentityCredentials\/gateway trusts the subject \S+:\*/,
    },
  ],
  'the cluster is private, knows no local account, keeps itself up to date and waits for streams': [
    {
      title: 'local accounts',
      file: 'modules/aks.bicep',
      from: 'disableLocalAccounts: true',
      to: 'disableLocalAccounts: false',
      says: /managedClusters\/aks-tollgate-dev: properties\.disableLocalAccounts is false/,
    },
    {
      title: 'an autoscaler that cuts streams',
      file: 'modules/aks.bicep',
      from: "'max-graceful-termination-sec': '660'",
      to: "'max-graceful-termination-sec': '600'",
      says: /managedClusters\/aks-tollgate-dev: \S+max-graceful-termination-sec is "600"/,
    },
    {
      title: 'no way in for workflows',
      file: 'modules/aks.bicep',
      from: 'disableRunCommand: false',
      to: 'disableRunCommand: true',
      says: /managedClusters\/aks-tollgate-dev: \S+disableRunCommand is true/,
    },
  ],
  'services are set as they have to be': [
    {
      title: 'a registry that takes no imports',
      file: 'modules/registry.bicep',
      from: "networkRuleBypassOptions: 'AzureServices'",
      to: "networkRuleBypassOptions: 'None'",
      says: /registries\/\S+: properties\.networkRuleBypassOptions is "None"/,
    },
    {
      title: 'a subdomain that is not the name',
      file: 'modules/open-ai.bicep',
      from: 'customSubDomainName: place.names.openAi',
      to: 'customSubDomainName: place.names.cluster',
      says: /accounts\/\S+: customSubDomainName/,
    },
  ],
  'Postgres speaks TLS alone': [
    {
      title: 'Postgres without TLS',
      file: 'modules/postgres.bicep',
      from: "name: 'require_secure_transport', value: 'on'",
      to: "name: 'require_secure_transport', value: 'off'",
      says: /flexibleServers\/\S+: require_secure_transport is not on/,
    },
  ],
  'pods find a node, and zones have one each': [
    {
      title: 'a taint on every pool',
      file: 'modules/aks.bicep',
      from: "mode: 'User'\n",
      to: "mode: 'User'\n        nodeTaints: ['gateway=true:NoSchedule']\n",
      says: /managedClusters\/aks-tollgate-dev has no pool without a taint/,
    },
  ],
  'names are known before anything is deployed': [
    {
      title: 'two resources of one name',
      file: 'modules/ingress-address.bicep',
      from: 'name: place.names.ingressPublicIp',
      to: 'name: place.names.natPublicIp',
      says: /publicIPAddresses\/\S+ stands twice/,
    },
  ],
  'names are as long as Azure allows, and of its characters': [
    {
      title: 'a too long name',
      file: 'modules/key-vault.bicep',
      from: 'name: place.names.keyVault',
      to: "name: '${place.names.keyVault}-of-the-gateway'",
      says: /kv-dev-\w+-of-the-gateway has \d+ characters/,
    },
    {
      title: 'a character that Azure refuses',
      file: 'modules/dashboards.bicep',
      from: "'tollgate-${board.name}'",
      to: "'tollgate_${board.name}'",
      says: /dashboards does not take the name tollgate_/,
    },
  ],
  'whatever takes tags says whose it is': [
    {
      title: 'a resource without tags',
      file: 'modules/egress.bicep',
      from: '  tags: place.tags\n',
      to: '',
      says: /publicIPAddresses\/\S+ has no tags/,
    },
  ],
  'api versions are those of the table': [
    {
      title: 'an older api version of what is made',
      file: 'modules/private-dns.bicep',
      from: "privateDnsZones@2024-06-01' = [",
      to: "privateDnsZones@2020-06-01' = [",
      says: /privateDnsZones\/\S+: 2020-06-01/,
    },
  ],
  'whoever holds secrets or data leaves a trace in the workspace': [
    {
      title: 'logs that are off',
      file: 'modules/key-vault.bicep',
      from: "categoryGroup: 'audit', enabled: true",
      to: "categoryGroup: 'audit', enabled: false",
      says: /vaults\/kv-dev-\w+ has no diagnostic settings/,
    },
  ],
  'whatever is pointed at is there': [
    {
      title: 'a name that nobody has',
      file: 'modules/redis.bicep',
      from: 'name: place.names.workspace',
      to: "name: 'log-of-redis'",
      says: /redisEnterprise\/\S+ points at \S+log-of-redis/,
    },
  ],
  'nothing secret is written down': [
    {
      title: 'a password in a tag',
      file: 'modules/redis.bicep',
      from: 'tags: place.tags',
      to: "tags: union(place.tags, { password: 'Tollgate-2026' })",
      says: /redisEnterprise\/\S+\.tags\.password is written down/,
    },
  ],
  'models are those that Azure still deploys, with a version': [
    {
      title: 'a retired model',
      file: 'modules/open-ai.bicep',
      from: 'name: deployment.model,',
      to: "name: 'gpt-4o',",
      says: /deployments\/gpt-5\.4-mini: gpt-4o is retired/,
    },
  ],
  'alerts reach somebody': [
    {
      title: 'alerts in silence',
      file: 'modules/prometheus.bicep',
      from: "contains(rule, 'alert') ?",
      to: "contains(rule, 'record') ?",
      says: /prometheusRuleGroups\/\S+: \w+ tells nobody/,
    },
  ],
};
