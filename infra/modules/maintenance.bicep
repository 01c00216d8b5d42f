// When Azure may upgrade the cluster and renew its nodes. AKS knows these windows by their names.

@description('Of the cluster.')
param clusterName string

resource aks 'Microsoft.ContainerService/managedClusters@2026-02-01' existing = {
  name: clusterName
}

resource upgrades 'Microsoft.ContainerService/managedClusters/maintenanceConfigurations@2026-02-01' = {
  parent: aks
  name: 'aksManagedAutoUpgradeSchedule'
  properties: {
    maintenanceWindow: {
      schedule: { weekly: { intervalWeeks: 1, dayOfWeek: 'Sunday' } }
      startTime: '02:00'
      utcOffset: '+00:00'
      durationHours: 6
    }
  }
}

// On another day, so that nodes are not drained twice in a night.
resource nodeImages 'Microsoft.ContainerService/managedClusters/maintenanceConfigurations@2026-02-01' = {
  parent: aks
  name: 'aksManagedNodeOSUpgradeSchedule'
  properties: {
    maintenanceWindow: {
      schedule: { weekly: { intervalWeeks: 1, dayOfWeek: 'Wednesday' } }
      startTime: '02:00'
      utcOffset: '+00:00'
      durationHours: 6
    }
  }
}
