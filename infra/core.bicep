// The stack of what outlives a cluster, in the group that github.bicep made. From top to bottom: who is who, what is
// watched, the network, the names, what the cluster will need to be allowed, and the services behind private endpoints.

targetScope = 'subscription'

import { coreParameters } from './types.bicep'

@description('From dist/<env>/infra/parameters.json.')
param core coreParameters
@description('Of the administrator of Postgres, where it signs in with a password. It can never be changed.')
param postgresLogin string = 'tollgate'
@secure()
@description('Given by an operation when the server is made, never kept in a file, and left out of every later deployment.')
param postgresPassword string?

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' existing = {
  name: core.names.resourceGroup
}

module identities 'modules/identities.bicep' = {
  scope: group
  params: { place: core }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: { place: core, spansZones: core.spansZones, settings: core.monitoring }
  dependsOn: [identities]
}

module egress 'modules/egress.bicep' = {
  scope: group
  params: { place: core, spansZones: core.spansZones }
}

module networkRules 'modules/network-rules.bicep' = {
  scope: group
  params: { place: core, ranges: core.network, ingress: core.ingress }
}

module network 'modules/network.bicep' = {
  scope: group
  params: { place: core, ranges: core.network }
  dependsOn: [egress, networkRules]
}

module privateDns 'modules/private-dns.bicep' = {
  scope: group
  params: { place: core }
  dependsOn: [network]
}

// Not the cluster's stack: AKS looks for these rights when it is made, and Azure takes minutes to tell everybody of them.
module clusterRoles 'modules/cluster-roles.bicep' = {
  scope: group
  params: { place: core }
  dependsOn: [identities, privateDns]
}

module ingressAddress 'modules/ingress-address.bicep' = if (core.ingress.exposure == 'public') {
  scope: group
  params: { place: core, spansZones: core.spansZones }
}

module publicDns 'modules/public-dns.bicep' = if (core.?dns != null && core.?dns.?resourceGroup == null) {
  scope: group
  params: { tags: core.tags, settings: core.dns! }
}

module publicDnsRecords 'modules/public-dns-records.bicep' = if (core.?dns != null) {
  scope: resourceGroup(core.?dns.?resourceGroup ?? core.names.resourceGroup)
  params: { place: core, settings: core.dns!, ingress: core.ingress }
  dependsOn: [identities, ingressAddress, publicDns]
}

module registry 'modules/registry.bicep' = {
  scope: group
  params: { place: core, spansZones: core.spansZones }
  dependsOn: [identities, monitoring, privateDns]
}

module keyVault 'modules/key-vault.bicep' = {
  scope: group
  params: { place: core, tenantId: core.tenantId, settings: core.keyVault }
  dependsOn: [identities, monitoring, privateDns]
}

module postgres 'modules/postgres.bicep' = {
  scope: group
  params: {
    place: core
    tenantId: core.tenantId
    settings: core.postgres
    administratorLogin: postgresLogin
    administratorPassword: postgresPassword
  }
  dependsOn: [monitoring, privateDns]
}

module redis 'modules/redis.bicep' = {
  scope: group
  params: { place: core, settings: core.redis }
  dependsOn: [identities, monitoring, privateDns]
}

module openAi 'modules/open-ai.bicep' = {
  scope: group
  params: { place: core, settings: core.openAi }
  dependsOn: [identities, monitoring, privateDns]
}
