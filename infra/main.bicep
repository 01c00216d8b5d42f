// One environment in Azure. A person deploys github, and a workflow core and cluster, as a stack each, so that a cluster
// can be removed and made anew without touching data. This file is for reading; dist/<env>/infra/resources.json is all of
// it, resource by resource.

targetScope = 'subscription'

import { clusterParameters, coreParameters, githubParameters } from './types.bicep'

@description('What outlives a cluster.')
param core coreParameters
@description('What belongs to one cluster.')
param cluster clusterParameters
@description('Who may deploy.')
param github githubParameters
@secure()
@description('Given when the server is made, never kept in a file, and left out of every later deployment.')
param postgresPassword string?

// Resource groups; identities for GitHub's jobs (plan, deploy, ops), whom they trust, and their roles. By a person, once.
module githubAccess 'github.bicep' = {
  params: { github: github }
}

// Identities of the cluster and its pods; Log Analytics, Managed Prometheus, Grafana and action group.
// Virtual network with its subnets, security groups and NAT gateway; private DNS zones; the ingress's public address;
// the public DNS zone and its records; what the cluster may do outside of its own group.
// Behind private endpoints: container registry, Key Vault, PostgreSQL, Managed Redis, Azure OpenAI and its models.
module coreStack 'core.bicep' = {
  params: { core: core, postgresPassword: postgresPassword }
  dependsOn: [githubAccess]
}

// AKS with a system and a user pool, and its maintenance windows; which pod may act as which identity;
// container logs, metrics, alert rules and dashboards.
module clusterStack 'cluster.bicep' = {
  params: { cluster: cluster }
  dependsOn: [coreStack]
}
