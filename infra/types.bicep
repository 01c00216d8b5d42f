// What the templates are given. generators/infrastructure makes one object for each of them from
// environments/<env>/environment.yaml and writes all of them to dist/<env>/infra/parameters.json. None holds a secret.

@export()
@description('core.bicep: what outlives a cluster.')
type coreParameters = {
  location: string
  @description('Entra tenant. Zeros while environment.yaml says unset: deploying refuses that.')
  tenantId: string
  tags: resourceTags
  names: resourceNames
  @description('Whether the way out, the address, the registry and Grafana stand in every zone. Chosen once.')
  spansZones: bool
  network: networkParameters
  ingress: ingressParameters
  dns: dnsParameters?
  postgres: postgresParameters
  redis: redisParameters
  keyVault: keyVaultParameters
  openAi: openAiParameters
  monitoring: monitoringParameters
}

@export()
@description('cluster.bicep: AKS and what belongs to one cluster. It finds by name what core.bicep made.')
type clusterParameters = {
  location: string
  tenantId: string
  tags: resourceTags
  names: resourceNames
  @description('Availability zones of the nodes, such as 1, 2 and 3; empty for none.')
  zones: availabilityZone[]
  @description('A minor version such as 1.36; Azure adds the newest patch.')
  kubernetesVersion: string
  tier: 'Free' | 'Standard' | 'Premium'
  networkPolicy: 'cilium' | 'azure'
  systemPool: nodePool
  userPool: nodePool
  @description('Of environment.yaml, ingress.controller.')
  ingressController: 'nginx' | 'gateway_api'
  @description('Whether gateway.autoscaling is keda.')
  keda: bool
  @description('Who may act as which identity: ServiceAccounts that pods run as.')
  workloads: workload[]
  monitoring: clusterMonitoringParameters
}

@export()
@description('github.bicep: who may deploy, and where. A person with the role Owner deploys it first, since no pipeline may raise itself.')
type githubParameters = {
  location: string
  tags: resourceTags
  names: resourceNames
  @description('How the subject of a token from GitHub starts: repo:OWNER/REPO, or repo:OWNER@ID/REPO@ID for a repository made, renamed or moved on or after 15 July 2026. GitHub compares case.')
  subjectPrefix: string
  @description('Scheduled runs of this branch may look, as pull requests may: repository.branch.')
  branch: string
  @description('The GitHub environment whose jobs deploy.')
  deployEnvironment: string
  @description('The GitHub environment whose jobs operate: rotate, import images, run commands.')
  opsEnvironment: string
  @description('Of dns.resource_group: where the zone exists already.')
  dnsResourceGroup: string?
  @description('Of argocd.admin_group_id, where there is a Grafana and the id is known.')
  grafanaAdmins: string?
}

@export()
@description('What every module needs to know: where, under which names, and marked with what.')
type placement = {
  location: string
  tags: resourceTags
  names: resourceNames
}

@export()
@description('On every resource that takes tags.')
type resourceTags = {
  *: string
}

@export()
@description('environments/schema/azure-names.ts decides all of them.')
type resourceNames = {
  @description('Made by github.bicep, with the rights on it: removing an environment empties it.')
  resourceGroup: string
  nodeResourceGroup: string
  @description('Of the identities that deploy: they outlive the environment, since one of them removes it.')
  githubResourceGroup: string
  virtualNetwork: string
  subnets: subnetNames
  natGateway: string
  natPublicIp: string
  ingressPublicIp: string
  registry: string
  keyVault: string
  postgres: string
  redis: string
  openAi: string
  cluster: string
  @description('Log Analytics.')
  workspace: string
  @description('Where Managed Prometheus keeps its metrics.')
  monitorAccount: string
  @description('At most 30 characters.')
  grafana: string
  actionGroup: string
  identities: identityNames
}

@export()
@description('SUBNET_NAMES in environments/schema/azure-names.ts.')
type subnetNames = {
  aks: string
  privateEndpoints: string
  ingress: string
  apiServer: string
}

@export()
@description('Managed identities. plan, deploy and ops are those of GitHub, all others those of the cluster and its pods.')
type identityNames = {
  controlPlane: string
  kubelet: string
  gateway: string
  certManager: string
  argocd: string
  plan: string
  deploy: string
  ops: string
}

@export()
@description('Azure writes a zone as text.')
type availabilityZone = '1' | '2' | '3'

@export()
@description('Ranges such as 10.30.0.0/16.')
type networkParameters = {
  addressSpace: string
  subnets: {
    aks: string
    privateEndpoints: string
    ingress: string
    apiServer: string
  }
}

@export()
@description('How clients reach the gateway.')
type ingressParameters = {
  exposure: 'public' | 'internal'
  @description('Of an internal ingress, from ingressAddressOf. Azure gives a public one its address.')
  address: string?
}

@export()
@description('The public zone and the names in it.')
type dnsParameters = {
  zone: string
  @description('Of a zone that exists; without it the zone is made.')
  resourceGroup: string?
  @description('Full names within the zone: host_names, and argocd.host_name if there is one.')
  hostNames: string[]
}

@export()
@description('Of environment.yaml, postgres.')
type postgresParameters = {
  @description('Such as Standard_D2ds_v5; its third part decides the tier.')
  sku: string
  tier: 'Burstable' | 'GeneralPurpose' | 'MemoryOptimized'
  version: '15' | '16' | '17' | '18'
  storageGb: int
  highAvailability: 'Disabled' | 'SameZone' | 'ZoneRedundant'
  backupDays: int
  geoRedundantBackup: bool
  @description('password: the article\'s way, with a password that no file holds. entra: tokens alone.')
  signIn: 'password' | 'entra'
  @description('Who administers the server by Entra tokens. Written out, since the name of such a resource is the object id.')
  administrators: postgresAdministrator[]
}

@export()
@description('A user, group or identity of Entra.')
type postgresAdministrator = {
  objectId: string
  @description('Becomes the name of the role in the database.')
  name: string
  type: 'Group' | 'ServicePrincipal' | 'User'
}

@export()
@description('Of environment.yaml, redis.')
type redisParameters = {
  sku: string
  clusteringPolicy: 'NoCluster' | 'EnterpriseCluster'
  highAvailability: bool
  @description('Whether gateway.cache has a password; otherwise the gateway would sign in with a token.')
  accessKeys: bool
}

@export()
@description('Of environment.yaml, key_vault.')
type keyVaultParameters = {
  purgeProtection: bool
  retentionDays: int
}

@export()
@description('Of environment.yaml, openai.')
type openAiParameters = {
  deployments: modelDeployment[]
  @description('Whether an azure/ model of models.yaml has an api_key; without one the account takes tokens alone.')
  accountKeys: bool
}

@export()
@description('What a client of the account calls, and what serves it.')
type modelDeployment = {
  name: string
  model: string
  version: string
  sku: string
  @description('Thousands of tokens a minute.')
  capacity: int
}

@export()
@description('Where logs and metrics go, and who is told.')
type monitoringParameters = {
  @description('azure: Managed Prometheus and Grafana. operator: the cluster has a Prometheus of its own, logs alone go to Azure.')
  prometheus: 'azure' | 'operator'
  @description('Whether KEDA asks it for requests in flight.')
  keda: bool
  @description('Who is told of an alert.')
  emails: string[]
}

@export()
@description('Of one node pool.')
type nodePool = {
  vmSize: string
  min: int
  max: int
}

@export()
@description('A ServiceAccount that may sign in as an identity.')
type workload = {
  @description('Of the federated credential, unique for its identity: such as gateway or keda-operator.')
  name: string
  identity: 'gateway' | 'certManager' | 'argocd'
  namespace: string
  serviceAccount: string
}

@export()
@description('What watches one cluster.')
type clusterMonitoringParameters = {
  prometheus: 'azure' | 'operator'
  @description('dist/<env>/infra/prometheus-rule-groups.json, as it is; empty for operator.')
  ruleGroups: ruleGroup[]
  @description('dist/<env>/infra/dashboards/*.json; empty for operator.')
  dashboards: dashboard[]
}

@export()
@description('Rules that Azure evaluates together.')
type ruleGroup = {
  name: string
  properties: ruleGroupProperties
}

@description('Scopes, the cluster and the action group are added here.')
type ruleGroupProperties = {
  enabled: bool
  interval: string
  rules: rule[]
}

@description('An alert or a record.')
type rule = {
  alert: string?
  record: string?
  expression: string
  enabled: bool
  for: string?
  severity: int?
  labels: resourceTags?
  annotations: resourceTags?
  resolveConfiguration: resolveConfiguration?
}

@description('When a fired alert counts as over.')
type resolveConfiguration = {
  autoResolved: bool
  timeToResolve: string?
}

@export()
@description('A dashboard of Grafana.')
type dashboard = {
  @description('The file\'s name without .json.')
  name: string
  @description('The file\'s JSON as one line of text.')
  definition: string
}
