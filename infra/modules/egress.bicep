// The way out of the nodes: one NAT gateway with an address of its own, which providers may put on their allow lists.

import { placement } from '../types.bicep'

@description('Where it stands and what everything is called.')
param place placement
@description('Of environment.yaml, zone_redundant.')
param spansZones bool

// Standard lives in one zone and dies with it; StandardV2 spans all of a region, and takes an address of its own kind only.
var sku = spansZones ? 'StandardV2' : 'Standard'

resource address 'Microsoft.Network/publicIPAddresses@2025-01-01' = {
  name: place.names.natPublicIp
  location: place.location
  tags: place.tags
  sku: { name: sku, tier: 'Regional' }
  properties: {
    publicIPAllocationMethod: 'Static'
    publicIPAddressVersion: 'IPv4'
  }
}

resource gateway 'Microsoft.Network/natGateways@2025-01-01' = {
  name: place.names.natGateway
  location: place.location
  tags: place.tags
  sku: { name: sku }
  properties: {
    // By default a connection is cut after 4 silent minutes, and a model may think for longer before its first byte.
    idleTimeoutInMinutes: 30
    publicIpAddresses: [{ id: address.id }]
  }
}
