// The Azure OpenAI account and the models that it serves.

import { openAiParameters, placement } from '../types.bicep'

@description('Where it stands and what everything is called.')
param place placement
@description('Of environment.yaml, openai.')
param settings openAiParameters

var roles = loadJsonContent('../roles.json')

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' existing = {
  name: place.names.workspace
}

resource gateway 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: place.names.identities.gateway
}

resource account 'Microsoft.CognitiveServices/accounts@2025-06-01' = {
  name: place.names.openAi
  location: place.location
  tags: place.tags
  kind: 'OpenAI'
  sku: { name: 'S0' }
  identity: { type: 'SystemAssigned' }
  properties: {
    // Tokens and private endpoints work by this name alone, and it cannot be changed.
    customSubDomainName: place.names.openAi
    publicNetworkAccess: 'Disabled'
    networkAcls: { defaultAction: 'Deny' }
    disableLocalAuth: !settings.accountKeys
  }
}

// The article's gpt-4o was retired on 1 October 2026 and deploys no more: names and versions come from environment.yaml.
// One at a time, since the account refuses a second while it works on the first.
@batchSize(1)
resource deployments 'Microsoft.CognitiveServices/accounts/deployments@2025-06-01' = [
  for deployment in settings.deployments: {
    parent: account
    name: deployment.name
    sku: { name: deployment.sku, capacity: deployment.capacity }
    properties: {
      model: { format: 'OpenAI', name: deployment.model, version: deployment.version }
      // A version stays until it is retired. Then a newer one answers rather than none.
      versionUpgradeOption: 'OnceCurrentVersionExpired'
    }
  }
]

resource calls 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account
  name: guid(account.id, gateway.id, roles.openAiUser)
  properties: {
    principalId: gateway.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.openAiUser)
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: account
  name: 'to-workspace'
  properties: {
    workspaceId: workspace.id
    // Not every log: requests and responses are the gateway's to account for.
    logs: [{ categoryGroup: 'audit', enabled: true }]
  }
}

// Three zones, as Azure's table has it for every kind of account. Names that this kind has no use for are left empty.
module endpoint 'private-endpoint.bicep' = {
  params: { place: place, service: 'openAi', serviceName: account.name, serviceId: account.id }
  // The account takes no endpoint while it is at work on a model.
  dependsOn: [deployments]
}
