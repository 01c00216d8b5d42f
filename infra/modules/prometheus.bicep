// Managed Prometheus of one cluster: what is scraped, and the rules over it.

import { placement, ruleGroup } from '../types.bicep'

@description('Where it stands and what everything is called.')
param place placement
@description('dist/<env>/infra/prometheus-rule-groups.json.')
param ruleGroups ruleGroup[]

resource aks 'Microsoft.ContainerService/managedClusters@2026-02-01' existing = {
  name: place.names.cluster
}

resource metrics 'Microsoft.Monitor/accounts@2023-04-03' existing = {
  name: place.names.monitorAccount
}

resource people 'Microsoft.Insights/actionGroups@2023-01-01' existing = {
  name: place.names.actionGroup
}

// Azure's own onboarding would call this and the rule MSProm-<location>-<cluster>. What counts is that the rule is
// associated with the cluster, so that they are named like everything else here.
resource endpoint 'Microsoft.Insights/dataCollectionEndpoints@2023-03-11' = {
  name: 'dce-${place.names.cluster}'
  location: place.location
  tags: place.tags
  kind: 'Linux'
  properties: { networkAcls: { publicNetworkAccess: 'Enabled' } }
}

resource rule 'Microsoft.Insights/dataCollectionRules@2023-03-11' = {
  name: 'dcr-${place.names.cluster}-metrics'
  location: place.location
  tags: place.tags
  kind: 'Linux'
  properties: {
    dataCollectionEndpointId: endpoint.id
    dataSources: {
      prometheusForwarder: [{ name: 'prometheus', streams: ['Microsoft-PrometheusMetrics'] }]
    }
    destinations: { monitoringAccounts: [{ name: 'metrics', accountResourceId: metrics.id }] }
    dataFlows: [{ streams: ['Microsoft-PrometheusMetrics'], destinations: ['metrics'] }]
  }
}

resource association 'Microsoft.Insights/dataCollectionRuleAssociations@2023-03-11' = {
  scope: aks
  name: 'ContainerInsightsMetricsExtension'
  properties: { dataCollectionRuleId: rule.id }
}

resource groups 'Microsoft.AlertsManagement/prometheusRuleGroups@2023-03-01' = [
  for group in ruleGroups: {
    name: group.name
    location: place.location
    tags: place.tags
    properties: {
      ...group.properties
      scopes: [metrics.id, aks.id]
      clusterName: place.names.cluster
      rules: map(group.properties.rules, rule => {
        ...rule
        actions: contains(rule, 'alert') ? [{ actionGroupId: people.id }] : []
      })
    }
  }
]
