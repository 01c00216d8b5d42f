// Every private zone of infra/private-dns-zones.json, linked to the network before an endpoint writes into it.

import { placement } from '../types.bicep'

@description('Where it stands and what everything is called.')
param place placement

var services = items(loadJsonContent('../private-dns-zones.json'))
var zoneNames = flatten(map(
  services,
  service => map(service.value.privateZones, zone => replace(zone, '<region>', place.location))
))

resource network 'Microsoft.Network/virtualNetworks@2025-01-01' existing = {
  name: place.names.virtualNetwork
}

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for zone in zoneNames: {
    name: zone
    location: 'global'
    tags: place.tags
  }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (zone, index) in zoneNames: {
    parent: zones[index]
    name: 'link-${place.names.virtualNetwork}'
    location: 'global'
    tags: place.tags
    properties: {
      virtualNetwork: { id: network.id }
      registrationEnabled: false
      // A vault or registry of somebody else has no record here: the public answer holds for it.
      resolutionPolicy: 'NxDomainRedirect'
    }
  }
]
