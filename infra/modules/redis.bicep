// Azure Managed Redis: what the gateway's pods share. Azure Cache for Redis, which it replaces, is being retired.

import { placement, redisParameters } from '../types.bicep'

@description('Where it stands and what everything is called.')
param place placement
@description('Of environment.yaml, redis.')
param settings redisParameters

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' existing = {
  name: place.names.workspace
}

resource gateway 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: place.names.identities.gateway
}

resource redis 'Microsoft.Cache/redisEnterprise@2025-07-01' = {
  name: place.names.redis
  location: place.location
  tags: place.tags
  // No zones and no capacity: those belong to the retired Enterprise sizes.
  sku: { name: settings.sku }
  properties: {
    publicNetworkAccess: 'Disabled'
    minimumTlsVersion: '1.2'
    highAvailability: settings.highAvailability ? 'Enabled' : 'Disabled'
  }
}

resource database 'Microsoft.Cache/redisEnterprise/databases@2025-07-01' = {
  parent: redis
  // The only name that Azure takes.
  name: 'default'
  properties: {
    clientProtocol: 'Encrypted'
    port: 10000
    // Scripts that touch a key and its team at once want one shard. It can be left later, in a deployment before the one
    // that raises the size beyond it: Azure changes the size first.
    clusteringPolicy: settings.clusteringPolicy
    // Cached answers end by themselves and may go early; a counter without an end never does.
    evictionPolicy: 'VolatileLRU'
    accessKeysAuthentication: settings.accessKeys ? 'Enabled' : 'Disabled'
  }
}

resource access 'Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments@2025-07-01' = {
  parent: database
  name: 'gateway'
  properties: {
    accessPolicyName: 'default'
    user: { objectId: gateway.properties.principalId }
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: database
  name: 'to-workspace'
  properties: {
    workspaceId: workspace.id
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
  }
}

module endpoint 'private-endpoint.bicep' = {
  params: { place: place, service: 'redis', serviceName: redis.name, serviceId: redis.id }
  dependsOn: [access]
}
