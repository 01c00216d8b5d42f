// What jobs may do in one resource group.

import { resourceNames } from '../types.bicep'

@description('Where the identities stand and what they are called.')
param names resourceNames
@description('Where jobs may change everything; elsewhere they may change names in public zones.')
param isOwnGroup bool
@description('A group of Entra: whoever looks after the environment, and opens its Grafana. Azure lets nobody in by itself.')
param grafanaAdmins string?

var roles = loadJsonContent('../roles.json')
var opsRole = guid(subscription().id, names.resourceGroup, 'ops')
// Contributor may delete the group, and what a stack guards goes with it.
var contributeRole = guid(subscription().id, names.resourceGroup, 'contribute')

// Whoever may grant any role may grant it to himself. These are what core.bicep grants, to identities; beside a zone of
// somebody else it grants one.
var grantable = isOwnGroup
  ? [
      roles.acrPull
      roles.dnsZoneContributor
      roles.keyVaultSecretsUser
      roles.managedIdentityOperator
      roles.monitoringDataReader
      roles.networkContributor
      roles.openAiUser
      roles.privateDnsZoneContributor
    ]
  : [roles.dnsZoneContributor]
var grantableIds = join(grantable, ', ')
var attribute = 'Microsoft.Authorization/roleAssignments'
var limits = map(
  [{ action: 'write', from: '@Request' }, { action: 'delete', from: '@Resource' }],
  limit =>
    '((!(ActionMatches{\'${attribute}/${limit.action}\'})) OR (${limit.from}[${attribute}:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${grantableIds}} AND ${limit.from}[${attribute}:PrincipalType] ForAnyOfAnyValues:StringEqualsIgnoreCase {\'ServicePrincipal\'}))'
)

var everywhere = [
  { identity: names.identities.plan, role: roles.reader }
  { identity: names.identities.deploy, role: roles.rbacAdministrator }
]
var ownGroup = [
  { identity: names.identities.deploy, role: contributeRole }
  { identity: names.identities.ops, role: opsRole }
  // run-command asks Kubernetes too, and not Azure alone.
  { identity: names.identities.ops, role: roles.aksRbacClusterAdmin }
]
var zoneGroup = [{ identity: names.identities.deploy, role: roles.dnsZoneContributor }]
var rights = concat(everywhere, isOwnGroup ? ownGroup : zoneGroup)

resource identities 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = [
  for right in rights: {
    scope: resourceGroup(names.githubResourceGroup)
    name: right.identity
  }
]

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (right, index) in rights: {
    name: guid(resourceGroup().id, identities[index].id, right.role)
    properties: {
      principalId: identities[index].properties.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', right.role)
      ...(right.role == roles.rbacAdministrator ? { condition: join(limits, ' AND '), conditionVersion: '2.0' } : {})
    }
  }
]

resource opensGrafana 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (grafanaAdmins != null) {
  name: guid(resourceGroup().id, grafanaAdmins!, roles.grafanaAdmin)
  properties: {
    principalId: grafanaAdmins!
    principalType: 'Group'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.grafanaAdmin)
  }
}
