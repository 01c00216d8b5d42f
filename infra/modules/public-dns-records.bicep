// The gateway's host names in the public zone, which may stand in a resource group of its own.

import { dnsParameters, ingressParameters, placement } from '../types.bicep'

@description('Where the ingress stands and what it is called.')
param place placement
@description('The zone and the names.')
param settings dnsParameters
@description('What the names lead to.')
param ingress ingressParameters

var roles = loadJsonContent('../roles.json')
var records = map(
  settings.hostNames,
  host => host == settings.zone ? '@' : substring(host, 0, length(host) - length(settings.zone) - 1)
)
var isOwnZone = settings.?resourceGroup == null
var authorityRecords = filter(records, record => isOwnZone || record != '@')

resource address 'Microsoft.Network/publicIPAddresses@2025-01-01' existing = {
  scope: resourceGroup(place.names.resourceGroup)
  name: place.names.ingressPublicIp
}

resource certManager 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  scope: resourceGroup(place.names.resourceGroup)
  name: place.names.identities.certManager
}

resource zone 'Microsoft.Network/dnsZones@2018-05-01' existing = {
  name: settings.zone
}

// An alias follows the address, so that nothing has to be done after a deployment. The private address of an internal
// ingress is no secret, and a public record reaches every peered network without a resolver of its own.
resource hosts 'Microsoft.Network/dnsZones/A@2018-05-01' = [
  for record in records: {
    parent: zone
    name: record
    properties: {
      TTL: 300
      ...(ingress.exposure == 'public'
        ? { targetResource: { id: address.id } }
        : { ARecords: [{ ipv4Address: ingress.address! }] })
    }
  }
]

// Such a record binds all names beneath its own, so that there is none on the zone itself where that is somebody else's.
resource authorities 'Microsoft.Network/dnsZones/CAA@2018-05-01' = [
  for record in authorityRecords: {
    parent: zone
    name: record
    properties: {
      TTL: 3600
      caaRecords: [{ flags: 0, tag: 'issue', value: 'letsencrypt.org' }]
    }
  }
]

// An internal ingress cannot be asked by the certificate authority: cert-manager proves the names in the zone.
resource challenges 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (ingress.exposure == 'internal') {
  scope: zone
  name: guid(zone.id, certManager.id, roles.dnsZoneContributor)
  properties: {
    principalId: certManager.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.dnsZoneContributor)
  }
}
