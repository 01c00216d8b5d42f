// The stack of one cluster. It may be removed and made anew: all that it needs lasts in core.bicep's.

targetScope = 'subscription'

import { clusterParameters } from './types.bicep'

@description('From dist/<env>/infra/parameters.json.')
param cluster clusterParameters

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' existing = {
  name: cluster.names.resourceGroup
}

module aks 'modules/aks.bicep' = {
  scope: group
  params: { cluster: cluster }
}

module maintenance 'modules/maintenance.bicep' = {
  scope: group
  params: { clusterName: cluster.names.cluster }
  dependsOn: [aks]
}

module workloadIdentities 'modules/workload-identities.bicep' = {
  scope: group
  params: { place: cluster, workloads: cluster.workloads }
  dependsOn: [aks]
}

module containerLogs 'modules/container-logs.bicep' = {
  scope: group
  params: { place: cluster }
  dependsOn: [aks]
}

module prometheus 'modules/prometheus.bicep' = if (cluster.monitoring.prometheus == 'azure') {
  scope: group
  params: { place: cluster, ruleGroups: cluster.monitoring.ruleGroups }
  dependsOn: [aks]
}

module dashboards 'modules/dashboards.bicep' = if (cluster.monitoring.prometheus == 'azure') {
  scope: group
  params: { place: cluster, dashboards: cluster.monitoring.dashboards }
}
