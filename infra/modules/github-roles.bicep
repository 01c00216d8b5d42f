// Roles that Azure has none of its own for, and what jobs may do in the subscription as a whole.

targetScope = 'subscription'

import { resourceNames } from '../types.bicep'

@description('Where the identities stand and what they are called.')
param names resourceNames

var roles = loadJsonContent('../roles.json')
var customRoles = loadJsonContent('../custom-roles.json')

var rights = [
  // A stack at the scope of a group would go with the group, in spite of what it denies.
  { identity: names.identities.deploy, role: roles.deploymentStackOwner }
  { identity: names.identities.deploy, role: guid(subscription().id, names.resourceGroup, 'deploy') }
  { identity: names.identities.plan, role: guid(subscription().id, names.resourceGroup, 'plan') }
]

resource definitions 'Microsoft.Authorization/roleDefinitions@2022-04-01' = [
  for role in items(customRoles): {
    name: guid(subscription().id, names.resourceGroup, role.key)
    properties: {
      // Of each name there is one in the tenant, which may hold other subscriptions with an environment of this name.
      roleName: 'Tollgate ${role.key} (${names.resourceGroup}, ${subscription().subscriptionId})'
      description: role.value.description
      type: 'CustomRole'
      assignableScopes: [subscription().id]
      permissions: [
        { actions: role.value.actions, notActions: role.value.?notActions ?? [], dataActions: [], notDataActions: [] }
      ]
    }
  }
]

resource identities 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = [
  for right in rights: {
    scope: resourceGroup(names.githubResourceGroup)
    name: right.identity
  }
]

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (right, index) in rights: {
    name: guid(subscription().id, identities[index].id, right.role)
    properties: {
      principalId: identities[index].properties.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', right.role)
    }
    dependsOn: [definitions]
  }
]
