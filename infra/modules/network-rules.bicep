// Who may talk to what in the virtual network. Azure's own rules below these let the network talk to itself and keep
// the internet out; AKS writes rules only to a security group of its own.

import { ingressParameters, networkParameters, placement } from '../types.bicep'

@description('Where it stands and what everything is called.')
param place placement
@description('The address space and its subnets.')
param ranges networkParameters
@description('How clients reach the gateway.')
param ingress ingressParameters

var subnets = place.names.subnets

var webFromInternet = {
  name: 'allow-web-from-internet'
  properties: {
    description: 'Requests, and the challenges of the certificate authority. The load balancer keeps its public address as destination.'
    priority: 100
    direction: 'Inbound'
    access: 'Allow'
    protocol: 'Tcp'
    sourceAddressPrefix: 'Internet'
    sourcePortRange: '*'
    destinationAddressPrefix: '*'
    destinationPortRanges: ['80', '443']
  }
}

resource aks 'Microsoft.Network/networkSecurityGroups@2025-01-01' = {
  name: 'nsg-${subnets.aks}'
  location: place.location
  tags: place.tags
  properties: { securityRules: ingress.exposure == 'public' ? [webFromInternet] : [] }
}

resource privateEndpoints 'Microsoft.Network/networkSecurityGroups@2025-01-01' = {
  name: 'nsg-${subnets.privateEndpoints}'
  location: place.location
  tags: place.tags
  properties: {
    securityRules: [
      {
        name: 'allow-services-from-nodes'
        properties: {
          description: 'Key Vault, registry and Azure OpenAI; Postgres; Managed Redis. Pods leave with the address of their node.'
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefix: ranges.subnets.aks
          sourcePortRange: '*'
          destinationAddressPrefix: ranges.subnets.privateEndpoints
          destinationPortRanges: ['443', '5432', '10000']
        }
      }
      {
        name: 'deny-all-else'
        properties: {
          description: 'Peered networks included: a network that needs an endpoint makes one of its own.'
          priority: 4096
          direction: 'Inbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
        }
      }
    ]
  }
}

resource ingressSubnet 'Microsoft.Network/networkSecurityGroups@2025-01-01' = {
  name: 'nsg-${subnets.ingress}'
  location: place.location
  tags: place.tags
  // The address of an internal ingress belongs to a load balancer, which no rule binds: requests meet those of the nodes.
  properties: { securityRules: [] }
}

resource apiServer 'Microsoft.Network/networkSecurityGroups@2025-01-01' = {
  name: 'nsg-${subnets.apiServer}'
  location: place.location
  tags: place.tags
  properties: {
    securityRules: [
      {
        name: 'allow-nodes'
        properties: {
          description: 'AKS asks for both ports between nodes and API server, in both directions.'
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefix: ranges.subnets.aks
          sourcePortRange: '*'
          destinationAddressPrefix: ranges.subnets.apiServer
          destinationPortRanges: ['443', '4443']
        }
      }
      {
        name: 'allow-load-balancer'
        properties: {
          description: 'AKS asks for it: the load balancer in front of the API server looks after its health.'
          priority: 110
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefix: 'AzureLoadBalancer'
          sourcePortRange: '*'
          destinationAddressPrefix: ranges.subnets.apiServer
          destinationPortRange: '9988'
        }
      }
    ]
  }
}
