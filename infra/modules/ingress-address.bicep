// The public address of the gateway, in the environment's own group: in that of the nodes it would go with the cluster.

import { placement } from '../types.bicep'

@description('Where it stands and what everything is called.')
param place placement
@description('Of environment.yaml, zone_redundant.')
param spansZones bool

resource address 'Microsoft.Network/publicIPAddresses@2025-01-01' = {
  name: place.names.ingressPublicIp
  location: place.location
  tags: place.tags
  // The load balancer of AKS is Standard, and takes addresses of its own kind only.
  sku: { name: 'Standard', tier: 'Regional' }
  // In all zones of a region or in none: Azure takes no two.
  zones: spansZones ? ['1', '2', '3'] : []
  properties: {
    publicIPAllocationMethod: 'Static'
    publicIPAddressVersion: 'IPv4'
    // Streams are silent for minutes.
    idleTimeoutInMinutes: 30
  }
}
