// Roles that Azure has none of its own for, and what jobs may do in the subscription as a whole.

targetScope = 'subscription'

import { resourceNames } from '../types.bicep'

@description('Where the identities stand and what they are called.')
param names resourceNames

var roles = loadJsonContent('../roles.json')
var customRoles = loadJsonContent('../custom-roles.json')
var planRole = guid(subscription().id, names.resourceGroup, 'plan')

resource deploy 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  scope: resourceGroup(names.githubResourceGroup)
  name: names.identities.deploy
}

resource plan 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  scope: resourceGroup(names.githubResourceGroup)
  name: names.identities.plan
}

resource definitions 'Microsoft.Authorization/roleDefinitions@2022-04-01' = [
  for role in items(customRoles): {
    name: guid(subscription().id, names.resourceGroup, role.key)
    properties: {
      roleName: 'Tollgate ${role.key} (${names.resourceGroup})'
      description: role.value.description
      type: 'CustomRole'
      assignableScopes: [subscription().id]
      permissions: [{ actions: role.value.actions, notActions: [], dataActions: [], notDataActions: [] }]
    }
  }
]

// A stack at the scope of a group would not own the group.
resource ownsStacks 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(subscription().id, deploy.id, roles.deploymentStackOwner)
  properties: {
    principalId: deploy.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.deploymentStackOwner)
  }
}

resource asks 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(subscription().id, plan.id, planRole)
  properties: {
    principalId: plan.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', planRole)
  }
  dependsOn: [definitions]
}
