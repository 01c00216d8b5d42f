// Where logs and metrics go, and who is told. None of it stands in the private network: what is kept here are logs and
// numbers, people open Grafana in a browser, and Entra decides who may write and look.

import { monitoringParameters, placement } from '../types.bicep'

@description('Where it stands and what everything is called.')
param place placement
@description('Of environment.yaml, zone_redundant.')
param spansZones bool
@description('Of environment.yaml, monitoring and alerts.')
param settings monitoringParameters

var roles = loadJsonContent('../roles.json')
var isManaged = settings.prometheus == 'azure'

resource gateway 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: place.names.identities.gateway
}

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' = {
  name: place.names.workspace
  location: place.location
  tags: place.tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: 30
    // Its shared key would be a secret that nobody rotates.
    features: { disableLocalAuth: true }
  }
}

resource metrics 'Microsoft.Monitor/accounts@2023-04-03' = if (isManaged) {
  name: place.names.monitorAccount
  location: place.location
  tags: place.tags
}

resource grafana 'Microsoft.Dashboard/grafana@2024-10-01' = if (isManaged) {
  name: place.names.grafana
  location: place.location
  tags: place.tags
  sku: { name: 'Standard' }
  identity: { type: 'SystemAssigned' }
  properties: {
    apiKey: 'Disabled'
    publicNetworkAccess: 'Enabled'
    zoneRedundancy: spansZones ? 'Enabled' : 'Disabled'
    grafanaIntegrations: {
      azureMonitorWorkspaceIntegrations: [{ azureMonitorWorkspaceResourceId: metrics.id }]
    }
  }
}

resource grafanaReads 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (isManaged) {
  scope: metrics
  name: guid(metrics.id, grafana.id, roles.monitoringDataReader)
  properties: {
    principalId: grafana!.identity.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.monitoringDataReader)
  }
}

// KEDA asks for requests in flight as the gateway.
resource gatewayReads 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (isManaged && settings.keda) {
  scope: metrics
  name: guid(metrics.id, gateway.id, roles.monitoringDataReader)
  properties: {
    principalId: gateway.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.monitoringDataReader)
  }
}

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: place.names.actionGroup
  location: 'global'
  tags: place.tags
  properties: {
    enabled: true
    // At most 12 characters: how a text message begins.
    groupShortName: 'tollgate'
    emailReceivers: [
      for email in settings.emails: {
        name: email
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}
