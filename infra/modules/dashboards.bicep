// The gateway's dashboards, beside Azure Monitor. Grafana itself takes dashboards through its own address alone, which
// a template does not reach.

import { dashboard, placement } from '../types.bicep'

@description('Where it stands and what everything is called.')
param place placement
@description('dist/<env>/infra/dashboards.')
param dashboards dashboard[]

resource boards 'Microsoft.Dashboard/dashboards@2025-08-01' = [
  for board in dashboards: {
    name: 'tollgate-${board.name}'
    location: place.location
    tags: place.tags
    properties: {}
  }
]

// No stable version has it yet.
resource definitions 'Microsoft.Dashboard/dashboards/dashboardDefinitions@2025-09-01-preview' = [
  for (board, index) in dashboards: {
    parent: boards[index]
    name: 'default'
    properties: { serializedData: board.definition }
  }
]
