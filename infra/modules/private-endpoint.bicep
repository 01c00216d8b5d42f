// The private address of one service, and its names in every zone that infra/private-dns-zones.json has for it.

import { placement } from '../types.bicep'

@description('Where it stands and what everything is called.')
param place placement
@description('A key of infra/private-dns-zones.json.')
param service 'keyVault' | 'openAi' | 'postgres' | 'redis' | 'registry'
@description('Of the resource behind the endpoint.')
param serviceName string
@description('Of the resource behind the endpoint.')
param serviceId string

var table = loadJsonContent('../private-dns-zones.json')[service]

resource network 'Microsoft.Network/virtualNetworks@2025-01-01' existing = {
  name: place.names.virtualNetwork

  resource subnet 'subnets' existing = {
    name: place.names.subnets.privateEndpoints
  }
}

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' existing = [
  for zone in table.privateZones: {
    name: zone
  }
]

resource endpoint 'Microsoft.Network/privateEndpoints@2025-01-01' = {
  name: 'pe-${serviceName}'
  location: place.location
  tags: place.tags
  properties: {
    subnet: { id: network::subnet.id }
    customNetworkInterfaceName: 'nic-pe-${serviceName}'
    privateLinkServiceConnections: [
      {
        name: serviceName
        properties: {
          privateLinkServiceId: serviceId
          groupIds: table.groupIds
        }
      }
    ]
  }

  // One group with all zones: a second group would remove the records of the first.
  resource zoneGroup 'privateDnsZoneGroups' = {
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        for (zone, index) in table.privateZones: {
          name: replace(zone, '.', '-')
          properties: { privateDnsZoneId: zones[index].id }
        }
      ]
    }
  }
}
