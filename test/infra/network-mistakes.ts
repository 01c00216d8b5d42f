import type { Mistake } from './mistakes.ts';

/** What is open, unreachable or overlaps: found in what the templates create in dev, by rule. */
export const NETWORK_MISTAKES: Readonly<Record<string, readonly Mistake[]>> = {
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
      says: /zone private\.swedencentral\.azmk8s\.io of the table is missing/,
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
  'security groups open and close what the table says, and nothing else': [
    {
      title: 'every port open',
      file: 'modules/network-rules.bicep',
      from: "destinationPortRanges: ['80', '443']",
      to: "destinationPortRanges: ['*']",
      says: /nsg-snet-aks: 100 Inbound Allow Tcp Internet to \*: \*: is not asked for/,
    },
    {
      title: 'endpoints open to anywhere',
      file: 'modules/network-rules.bicep',
      from: "access: 'Deny'",
      to: "access: 'Allow'",
      says: /nsg-snet-pe: 4096 Inbound Deny \* \* to \*: \*: is missing/,
    },
    {
      title: 'a list of ranges that holds every address',
      file: 'modules/network-rules.bicep',
      from: 'sourceAddressPrefix: ranges.subnets.aks',
      to: "sourceAddressPrefixes: ['0.0.0.0/1', '128.0.0.0/1']",
      says: /nsg-snet-pe: 100 Inbound Allow Tcp 0\.0\.0\.0\/1, 128\.0\.0\.0\/1 to snet-pe/,
    },
    {
      title: 'no way to Postgres and Redis',
      file: 'modules/network-rules.bicep',
      from: "destinationPortRanges: ['443', '5432', '10000']",
      to: "destinationPortRanges: ['443']",
      says: /nsg-snet-pe: 100 Inbound Allow Tcp snet-aks to snet-pe: 443, 5432, 10000: is missing/,
    },
  ],
  'gateway and load balancer have addresses of a kind that they take, and streams may be silent': [
    {
      title: 'an address of another kind',
      file: 'modules/egress.bicep',
      from: "sku: { name: sku, tier: 'Regional' }",
      to: "sku: { name: 'StandardV2', tier: 'Regional' }",
      says: /natGateways\/\S+ is Standard, and its address StandardV2/,
    },
    {
      title: 'an address that the load balancer of AKS refuses',
      file: 'modules/ingress-address.bicep',
      from: "sku: { name: 'Standard', tier: 'Regional' }",
      to: "sku: { name: 'StandardV2', tier: 'Regional' }",
      says: /publicIPAddresses\/\S+-ingress is of a kind that no load balancer takes/,
    },
    {
      title: 'connections that end after four minutes',
      file: 'modules/egress.bicep',
      from: 'idleTimeoutInMinutes: 30',
      to: 'idleTimeoutInMinutes: 4',
      says: /natGateways\/\S+ ends connections after 4/,
    },
  ],
};
