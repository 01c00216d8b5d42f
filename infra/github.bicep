// Who may deploy and operate, as seen from GitHub. A person who owns the subscription deploys this one, after core.bicep
// made the group: a pipeline that could would hand itself any right. Its group outlives the environment, since one of
// these identities removes that.

targetScope = 'subscription'

import { githubParameters } from './types.bicep'

@description('From dist/<env>/infra/parameters.json.')
param github githubParameters

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: github.names.githubResourceGroup
  location: github.location
  tags: github.tags
}

module identities 'modules/github-identities.bicep' = {
  scope: group
  params: { github: github }
}

module roles 'modules/github-roles.bicep' = {
  params: { names: github.names }
  dependsOn: [identities]
}

module rights 'modules/github-rights.bicep' = {
  scope: resourceGroup(github.names.resourceGroup)
  params: { names: github.names, isOwnGroup: true }
  dependsOn: [roles]
}

module zoneRights 'modules/github-rights.bicep' = if (github.?dnsResourceGroup != null) {
  scope: resourceGroup(github.?dnsResourceGroup ?? github.names.resourceGroup)
  params: { names: github.names, isOwnGroup: false }
  dependsOn: [roles]
}
