// Who may deploy and operate, as seen from GitHub, and where. A person who owns the subscription deploys this one, once
// and before all else: a pipeline that could would hand itself any right. Both groups outlive what is in them, so that
// the pipeline may remove an environment and make it anew without that person.

targetScope = 'subscription'

import { githubParameters } from './types.bicep'

@description('From dist/<env>/infra/parameters.json.')
param github githubParameters

resource identityGroup 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: github.names.githubResourceGroup
  location: github.location
  tags: github.tags
}

resource environmentGroup 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: github.names.resourceGroup
  location: github.location
  tags: github.tags
}

module identities 'modules/github-identities.bicep' = {
  scope: identityGroup
  params: { github: github }
}

module roles 'modules/github-roles.bicep' = {
  params: { names: github.names }
  dependsOn: [identities]
}

module rights 'modules/github-rights.bicep' = {
  scope: environmentGroup
  params: { names: github.names, isOwnGroup: true, grafanaAdmins: github.?grafanaAdmins }
  dependsOn: [roles]
}

module zoneRights 'modules/github-rights.bicep' = if (github.?dnsResourceGroup != null) {
  scope: resourceGroup(github.?dnsResourceGroup ?? github.names.resourceGroup)
  params: { names: github.names, isOwnGroup: false }
  dependsOn: [roles]
}
