// The database: a flexible server that is reached through a private endpoint. A server within a delegated subnet could
// never have one, and the choice cannot be changed. What belongs to it is written in series: two at once are refused.

import { placement, postgresParameters } from '../types.bicep'

@description('Where it stands and what everything is called.')
param place placement
@description('Of Entra.')
param tenantId string
@description('Of environment.yaml, postgres.')
param settings postgresParameters
@description('Of the administrator who signs in with a password. It can never be changed.')
param administratorLogin string
@secure()
@description('Given when the server is made, and left out afterwards: whenever it is given, it replaces the one in use.')
param administratorPassword string?

var hasPassword = settings.signIn == 'password'

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' existing = {
  name: place.names.workspace
}

resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2025-08-01' = {
  name: place.names.postgres
  location: place.location
  tags: place.tags
  sku: { name: settings.sku, tier: settings.tier }
  properties: {
    version: settings.version
    // No availabilityZone: after a failover the server is in the other one, and a template that says otherwise fails.
    highAvailability: { mode: settings.highAvailability }
    storage: { storageSizeGB: settings.storageGb, autoGrow: 'Enabled' }
    backup: {
      backupRetentionDays: settings.backupDays
      geoRedundantBackup: settings.geoRedundantBackup ? 'Enabled' : 'Disabled'
    }
    network: { publicNetworkAccess: 'Disabled' }
    authConfig: {
      activeDirectoryAuth: 'Enabled'
      passwordAuth: hasPassword ? 'Enabled' : 'Disabled'
      tenantId: tenantId
    }
    ...(hasPassword ? { administratorLogin: administratorLogin } : {})
    ...(hasPassword && administratorPassword != null ? { administratorLoginPassword: administratorPassword } : {})
    // Sunday, 01:00 UTC: before AKS looks after its nodes.
    maintenanceWindow: { customWindow: 'Enabled', dayOfWeek: 0, startHour: 1, startMinute: 0 }
  }
}

resource database 'Microsoft.DBforPostgreSQL/flexibleServers/databases@2025-08-01' = {
  parent: server
  name: 'tollgate'
  properties: { charset: 'UTF8', collation: 'en_US.utf8' }
}

@batchSize(1)
resource configurations 'Microsoft.DBforPostgreSQL/flexibleServers/configurations@2025-08-01' = [
  for setting in [
    { name: 'require_secure_transport', value: 'on' }
    { name: 'ssl_min_protocol_version', value: 'TLSv1.2' }
  ]: {
    parent: server
    name: setting.name
    properties: { value: setting.value, source: 'user-override' }
    dependsOn: [database]
  }
]

@batchSize(1)
resource administrators 'Microsoft.DBforPostgreSQL/flexibleServers/administrators@2025-08-01' = [
  for administrator in settings.administrators: {
    parent: server
    name: administrator.objectId
    properties: { principalName: administrator.name, principalType: administrator.type, tenantId: tenantId }
    dependsOn: [configurations]
  }
]

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: server
  name: 'to-workspace'
  properties: {
    workspaceId: workspace.id
    // By name and not by group, since Azure refuses a mix: who signed in, who was refused, what failed.
    logs: [{ category: 'PostgreSQLLogs', enabled: true }]
  }
}

module endpoint 'private-endpoint.bicep' = {
  params: { place: place, service: 'postgres', serviceName: server.name, serviceId: server.id }
  // All three, though each waits for the one before: where a list is empty, what it waits for is not waited for either.
  dependsOn: [database, configurations, administrators]
}
