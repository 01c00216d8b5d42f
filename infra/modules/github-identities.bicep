// Who GitHub's jobs are to Azure: plan looks, deploy changes, ops operates. GitHub proves by its own token which job asks,
// so that no credential of Azure is stored there.

import { githubParameters } from '../types.bicep'

@description('From dist/<env>/infra/parameters.json.')
param github githubParameters

var names = github.names.identities

// A job with a GitHub environment never sends its branch, and one without sends nothing else: protection of the
// environment decides who deploys.
var credentials = [
  { identity: names.plan, name: 'pull-request', subject: 'pull_request' }
  { identity: names.plan, name: 'branch', subject: 'ref:refs/heads/${github.branch}' }
  { identity: names.deploy, name: 'environment', subject: 'environment:${github.deployEnvironment}' }
  { identity: names.ops, name: 'environment', subject: 'environment:${github.opsEnvironment}' }
]

resource plan 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: names.plan
  location: github.location
  tags: github.tags
}

resource deploy 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: names.deploy
  location: github.location
  tags: github.tags
}

resource ops 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: names.ops
  location: github.location
  tags: github.tags
}

resource identities 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = [
  for credential in credentials: {
    name: credential.identity
  }
]

// Two at once on one identity are refused.
@batchSize(1)
resource trusts 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials@2024-11-30' = [
  for (credential, index) in credentials: {
    parent: identities[index]
    name: credential.name
    properties: {
      issuer: 'https://token.actions.githubusercontent.com'
      subject: '${github.subjectPrefix}:${credential.subject}'
      audiences: ['api://AzureADTokenExchange']
    }
    dependsOn: [plan, deploy, ops]
  }
]
