// The virtual network with all four subnets inline: written one by one they collide, and a network that is redeployed
// without its list tries to delete what stands in them.

import { networkParameters, placement } from '../types.bicep'

@description('Where it stands and what everything is called.')
param place placement
@description('The address space and its subnets.')
param ranges networkParameters

resource natGateway 'Microsoft.Network/natGateways@2025-01-01' existing = {
  name: place.names.natGateway
}

resource securityGroups 'Microsoft.Network/networkSecurityGroups@2025-01-01' existing = [
  for subnet in [
    place.names.subnets.aks
    place.names.subnets.privateEndpoints
    place.names.subnets.ingress
    place.names.subnets.apiServer
  ]: {
    name: 'nsg-${subnet}'
  }
]

resource network 'Microsoft.Network/virtualNetworks@2025-01-01' = {
  name: place.names.virtualNetwork
  location: place.location
  tags: place.tags
  properties: {
    addressSpace: { addressPrefixes: [ranges.addressSpace] }
    subnets: [
      {
        name: place.names.subnets.aks
        properties: {
          addressPrefix: ranges.subnets.aks
          networkSecurityGroup: { id: securityGroups[0].id }
          natGateway: { id: natGateway.id }
          // Nothing leaves but through the NAT gateway, so that providers see one address.
          defaultOutboundAccess: false
        }
      }
      {
        name: place.names.subnets.privateEndpoints
        properties: {
          addressPrefix: ranges.subnets.privateEndpoints
          networkSecurityGroup: { id: securityGroups[1].id }
          // Without this the rules of the security group do not bind on private endpoints.
          privateEndpointNetworkPolicies: 'NetworkSecurityGroupEnabled'
          defaultOutboundAccess: false
        }
      }
      {
        name: place.names.subnets.ingress
        properties: {
          addressPrefix: ranges.subnets.ingress
          networkSecurityGroup: { id: securityGroups[2].id }
          defaultOutboundAccess: false
        }
      }
      {
        name: place.names.subnets.apiServer
        properties: {
          addressPrefix: ranges.subnets.apiServer
          networkSecurityGroup: { id: securityGroups[3].id }
          delegations: [
            { name: 'aks', properties: { serviceName: 'Microsoft.ContainerService/managedClusters' } }
          ]
          defaultOutboundAccess: false
        }
      }
    ]
  }
}
