// What the control plane may do outside of the nodes' group. It is granted long before there is a cluster, so that the
// first Service finds the address and the subnets that it asks for, and outlives it for the next one.

import { placement } from '../types.bicep'

@description('Where everything stands and what it is called.')
param place placement

var roles = loadJsonContent('../roles.json')
var zones = loadJsonContent('../private-dns-zones.json')

resource controlPlane 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: place.names.identities.controlPlane
}

resource kubelet 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: place.names.identities.kubelet
}

resource apiServerZone 'Microsoft.Network/privateDnsZones@2024-06-01' existing = {
  name: replace(zones.apiServer.privateZones[0], '<region>', place.location)
}

// On the group, as AKS asks for it: nodes, API server and an internal load balancer join subnets of the network, a private
// zone of ours asks for all of it, and the static address is found by listing the group. Without it Services stay pending.
resource usesNetwork 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(resourceGroup().id, controlPlane.id, roles.networkContributor)
  properties: {
    principalId: controlPlane.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.networkContributor)
  }
}

resource writesApiServerName 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: apiServerZone
  name: guid(apiServerZone.id, controlPlane.id, roles.privateDnsZoneContributor)
  properties: {
    principalId: controlPlane.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.privateDnsZoneContributor)
  }
}

resource handsOut 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: kubelet
  name: guid(kubelet.id, controlPlane.id, roles.managedIdentityOperator)
  properties: {
    principalId: controlPlane.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.managedIdentityOperator)
  }
}
