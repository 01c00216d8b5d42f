// The public zone, where it is the environment's own. The registrar has to name its name servers before it answers.

import { dnsParameters, resourceTags } from '../types.bicep'

@description('On the zone.')
param tags resourceTags
@description('Of environment.yaml, dns.')
param settings dnsParameters

resource zone 'Microsoft.Network/dnsZones@2018-05-01' = {
  name: settings.zone
  location: 'global'
  tags: tags
}
