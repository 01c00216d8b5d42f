// What containers write, to the workspace.

import { placement } from '../types.bicep'

@description('Where it stands and what everything is called.')
param place placement

resource aks 'Microsoft.ContainerService/managedClusters@2026-02-01' existing = {
  name: place.names.cluster
}

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' existing = {
  name: place.names.workspace
}

resource rule 'Microsoft.Insights/dataCollectionRules@2023-03-11' = {
  name: 'dcr-${place.names.cluster}-logs'
  location: place.location
  tags: place.tags
  kind: 'Linux'
  properties: {
    dataSources: {
      extensions: [
        {
          name: 'ContainerInsights'
          extensionName: 'ContainerInsights'
          streams: ['Microsoft-ContainerInsights-Group-Default']
          extensionSettings: {
            dataCollectionSettings: { interval: '1m', namespaceFilteringMode: 'Off', enableContainerLogV2: true }
          }
        }
      ]
    }
    destinations: { logAnalytics: [{ name: 'workspace', workspaceResourceId: workspace.id }] }
    dataFlows: [{ streams: ['Microsoft-ContainerInsights-Group-Default'], destinations: ['workspace'] }]
  }
}

resource association 'Microsoft.Insights/dataCollectionRuleAssociations@2023-03-11' = {
  scope: aks
  // The name that the agent looks for.
  name: 'ContainerInsightsExtension'
  properties: { dataCollectionRuleId: rule.id }
}
