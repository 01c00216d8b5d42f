// The public address of the gateway, in the environment's own group: in that of the nodes it would go with the cluster.

import { availabilityZone, placement } from '../types.bicep'

@description('Where it stands and what everything is called.')
param place placement
@description('Empty where the nodes have none.')
param zones availabilityZone[]

resource address 'Microsoft.Network/publicIPAddresses@2025-01-01' = {
  name: place.names.ingressPublicIp
  location: place.location
  tags: place.tags
  // The load balancer of AKS is Standard, and takes addresses of its own kind only.
  sku: { name: 'Standard', tier: 'Regional' }
  // An address stands in one zone or in all of them, never in two.
  zones: length(zones) > 1 ? ['1', '2', '3'] : zones
  properties: {
    publicIPAllocationMethod: 'Static'
    publicIPAddressVersion: 'IPv4'
    // Streams are silent for minutes.
    idleTimeoutInMinutes: 30
  }
}
