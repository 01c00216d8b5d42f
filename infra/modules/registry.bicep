// The registry that every image and chart of the environment is pulled from.

import { placement } from '../types.bicep'

@description('Where it stands and what everything is called.')
param place placement
@description('Of environment.yaml, zone_redundant.')
param spansZones bool

var roles = loadJsonContent('../roles.json')
var pullers = [place.names.identities.kubelet, place.names.identities.argocd]

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' existing = {
  name: place.names.workspace
}

resource identities 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = [
  for name in pullers: {
    name: name
  }
]

resource registry 'Microsoft.ContainerRegistry/registries@2025-11-01' = {
  name: place.names.registry
  location: place.location
  tags: place.tags
  // Smaller ones have no private endpoints.
  sku: { name: 'Premium' }
  properties: {
    adminUserEnabled: false
    anonymousPullEnabled: false
    publicNetworkAccess: 'Disabled'
    // Images are imported through Azure Resource Manager. Without this an import into a private registry is refused.
    networkRuleBypassOptions: 'AzureServices'
    networkRuleBypassAllowedForTasks: false
    dataEndpointEnabled: true
    zoneRedundancy: spansZones ? 'Enabled' : 'Disabled'
    // In the other mode AcrPull grants nothing, and every pull fails.
    roleAssignmentMode: 'LegacyRegistryPermissions'
    policies: {
      exportPolicy: { status: 'disabled' }
      retentionPolicy: { status: 'enabled', days: 30 }
    }
  }
}

resource pulls 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (name, index) in pullers: {
    scope: registry
    name: guid(registry.id, identities[index].id, roles.acrPull)
    properties: {
      principalId: identities[index].properties.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.acrPull)
    }
  }
]

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: registry
  name: 'to-workspace'
  properties: {
    workspaceId: workspace.id
    logs: [{ categoryGroup: 'audit', enabled: true }]
  }
}

module endpoint 'private-endpoint.bicep' = {
  params: { place: place, service: 'registry', serviceName: registry.name, serviceId: registry.id }
}
