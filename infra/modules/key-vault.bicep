// The vault, and who reads it. The secrets in it are set by operations, never by a template: each would be rewritten,
// and a rotation undone, with every deployment.

import { keyVaultParameters, placement } from '../types.bicep'

@description('Where it stands and what everything is called.')
param place placement
@description('Of Entra.')
param tenantId string
@description('Of environment.yaml, key_vault.')
param settings keyVaultParameters

var roles = loadJsonContent('../roles.json')

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' existing = {
  name: place.names.workspace
}

resource gateway 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: place.names.identities.gateway
}

resource vault 'Microsoft.KeyVault/vaults@2026-02-01' = {
  name: place.names.keyVault
  location: place.location
  tags: place.tags
  properties: {
    tenantId: tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: settings.retentionDays
    // Azure refuses false once it was true, so that off means that nothing is said.
    ...(settings.purgeProtection ? { enablePurgeProtection: true } : {})
    publicNetworkAccess: 'Disabled'
    networkAcls: { bypass: 'AzureServices', defaultAction: 'Deny' }
    // A deployment may take the administrator's password of Postgres from here.
    enabledForTemplateDeployment: true
  }
}

resource reads 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, gateway.id, roles.keyVaultSecretsUser)
  properties: {
    principalId: gateway.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.keyVaultSecretsUser)
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: vault
  name: 'to-workspace'
  properties: {
    workspaceId: workspace.id
    logs: [{ categoryGroup: 'audit', enabled: true }]
  }
}

module endpoint 'private-endpoint.bicep' = {
  params: { place: place, service: 'keyVault', serviceName: vault.name, serviceId: vault.id }
}
