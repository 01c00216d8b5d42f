import type { Mistake } from './mistakes.ts';
import { ACCESS_MISTAKES } from './access-mistakes.ts';
import { NETWORK_MISTAKES } from './network-mistakes.ts';

/** What deploys, or looks as if it did: found in what the templates create in dev, by rule. */
export const RESOURCE_MISTAKES: Readonly<Record<string, readonly Mistake[]>> = {
  ...NETWORK_MISTAKES,
  ...ACCESS_MISTAKES,
  'the cluster is private, knows no local account, keeps itself up to date and waits for streams': [
    {
      title: 'local accounts',
      file: 'modules/aks.bicep',
      from: 'disableLocalAccounts: true',
      to: 'disableLocalAccounts: false',
      says: /managedClusters\/aks-tollgate-dev: properties\.disableLocalAccounts is false/,
    },
    {
      title: 'an autoscaler that cuts streams',
      file: 'modules/aks.bicep',
      from: "'max-graceful-termination-sec': '660'",
      to: "'max-graceful-termination-sec': '600'",
      says: /managedClusters\/aks-tollgate-dev: \S+max-graceful-termination-sec is "600"/,
    },
    {
      title: 'rights for an id that is not the one of the kubelet',
      file: 'modules/aks.bicep',
      from: 'objectId: kubelet.properties.principalId',
      to: 'objectId: kubelet.properties.clientId',
      says: /managedClusters\/aks-tollgate-dev: \S+kubeletidentity\.objectId is "\[reference/,
    },
    {
      title: 'no way in for workflows',
      file: 'modules/aks.bicep',
      from: 'disableRunCommand: false',
      to: 'disableRunCommand: true',
      says: /managedClusters\/aks-tollgate-dev: \S+disableRunCommand is true/,
    },
  ],
  'services are set as they have to be': [
    {
      title: 'a registry that takes no imports',
      file: 'modules/registry.bicep',
      from: "networkRuleBypassOptions: 'AzureServices'",
      to: "networkRuleBypassOptions: 'None'",
      says: /registries\/\S+: properties\.networkRuleBypassOptions is "None"/,
    },
    {
      title: 'a Redis that forgets what has no end',
      file: 'modules/redis.bicep',
      from: "evictionPolicy: 'VolatileLRU'",
      to: "evictionPolicy: 'AllKeysLRU'",
      says: /redisEnterprise\/\S+: properties\.evictionPolicy is "AllKeysLRU"/,
    },
    {
      title: 'a subdomain that is not the name',
      file: 'modules/open-ai.bicep',
      from: 'customSubDomainName: place.names.openAi',
      to: 'customSubDomainName: place.names.cluster',
      says: /accounts\/\S+: customSubDomainName/,
    },
  ],
  'what Azure or an agent looks for by name is called so': [
    {
      title: 'a maintenance window that AKS does not know',
      file: 'modules/maintenance.bicep',
      from: "name: 'aksManagedNodeOSUpgradeSchedule'",
      to: "name: 'nodeImages'",
      says: /maintenanceConfigurations: there is no aksManagedNodeOSUpgradeSchedule/,
    },
    {
      title: 'logs that no agent collects',
      file: 'modules/container-logs.bicep',
      from: "name: 'ContainerInsightsExtension'",
      to: "name: 'container-logs'",
      says: /dataCollectionRuleAssociations: nobody looks for the name container-logs/,
    },
  ],
  'Postgres speaks TLS alone': [
    {
      title: 'Postgres without TLS',
      file: 'modules/postgres.bicep',
      from: "name: 'require_secure_transport', value: 'on'",
      to: "name: 'require_secure_transport', value: 'off'",
      says: /flexibleServers\/\S+: require_secure_transport is not on/,
    },
  ],
  'pods find a node, and zones have one each': [
    {
      title: 'a taint on every pool',
      file: 'modules/aks.bicep',
      from: "mode: 'User'\n",
      to: "mode: 'User'\n        nodeTaints: ['gateway=true:NoSchedule']\n",
      says: /managedClusters\/aks-tollgate-dev has no pool without a taint/,
    },
  ],
  'what stands in zones stands where there are some, and an address in one or in all of them': [
    {
      title: 'an address in two zones',
      file: 'modules/ingress-address.bicep',
      from: "spansZones ? ['1', '2', '3'] : []",
      to: "spansZones ? [] : ['1', '2']",
      says: /publicIPAddresses\/\S+-ingress stands in 2 zones/,
    },
    {
      title: 'zones in a region without any',
      file: 'modules/egress.bicep',
      from: 'location: place.location',
      to: "location: toLower('WestUS')\n  zones: ['1']",
      says: /publicIPAddresses\/\S+-nat asks for zones, and westus has none/,
    },
  ],
  'where nodes stand in zones, so does all that they cannot do without': [
    {
      title: 'nodes in two zones, and one way out',
      file: 'modules/aks.bicep',
      from: 'availabilityZones: cluster.zones',
      to: "availabilityZones: empty(cluster.zones) ? ['1', '2'] : []",
      says: /natGateways\/\S+: sku\.name is not StandardV2/,
    },
  ],
  'names are known before anything is deployed': [
    {
      title: 'two resources of one name',
      file: 'modules/ingress-address.bicep',
      from: 'name: place.names.ingressPublicIp',
      to: 'name: place.names.natPublicIp',
      says: /publicIPAddresses\/\S+ stands twice/,
    },
  ],
  'names are as long as Azure allows, and of its characters': [
    {
      title: 'a too long name',
      file: 'modules/key-vault.bicep',
      from: 'name: place.names.keyVault',
      to: "name: '${place.names.keyVault}-of-the-gateway'",
      says: /kv-dev-\w+-of-the-gateway has \d+ characters/,
    },
    {
      title: 'a character that Azure refuses',
      file: 'modules/dashboards.bicep',
      from: "'tollgate-${board.name}'",
      to: "'tollgate_${board.name}'",
      says: /dashboards does not take the name tollgate_/,
    },
  ],
  'whatever takes tags says whose it is': [
    {
      title: 'a resource without tags',
      file: 'modules/egress.bicep',
      from: '  tags: place.tags\n',
      to: '',
      says: /publicIPAddresses\/\S+ has no tags/,
    },
  ],
  'api versions are those of the table': [
    {
      title: 'an older api version of what is made',
      file: 'modules/private-dns.bicep',
      from: "privateDnsZones@2024-06-01' = [",
      to: "privateDnsZones@2020-06-01' = [",
      says: /privateDnsZones\/\S+: 2020-06-01/,
    },
  ],
  'whoever holds secrets or data leaves a trace in the workspace': [
    {
      title: 'logs that are off',
      file: 'modules/key-vault.bicep',
      from: "categoryGroup: 'audit', enabled: true",
      to: "categoryGroup: 'audit', enabled: false",
      says: /vaults\/kv-dev-\w+ has no diagnostic settings/,
    },
  ],
  'no diagnostic setting mixes categories and groups of them': [
    {
      title: 'logs by name beside those of a group',
      file: 'modules/registry.bicep',
      from: "{ categoryGroup: 'audit', enabled: true }",
      to: "{ categoryGroup: 'audit', enabled: true }, { category: 'ContainerRegistryLoginEvents', enabled: true }",
      says: /registries\/\S+\/to-workspace mixes categories/,
    },
  ],
  'what a collection rule gathers flows into a destination that it names': [
    {
      title: 'a flow that leads nowhere',
      file: 'modules/container-logs.bicep',
      from: "destinations: ['workspace']",
      to: "destinations: ['log-workspace']",
      says: /dataCollectionRules\/\S+-logs: log-workspace: is not asked for/,
    },
  ],
  'whatever is pointed at is there': [
    {
      title: 'a name that nobody has',
      file: 'modules/redis.bicep',
      from: 'name: place.names.workspace',
      to: "name: 'log-of-redis'",
      says: /redisEnterprise\/\S+ points at \S+log-of-redis/,
    },
  ],
  'nothing secret is written down': [
    {
      title: 'a password in a tag',
      file: 'modules/redis.bicep',
      from: 'tags: place.tags',
      to: "tags: union(place.tags, { password: 'Tollgate-2026' })",
      says: /redisEnterprise\/\S+\.tags\.password is written down/,
    },
  ],
  'models are those that Azure still deploys, with a version': [
    {
      title: 'a retired model',
      file: 'modules/open-ai.bicep',
      from: 'name: deployment.model,',
      to: "name: 'gpt-4o',",
      says: /deployments\/gpt-5\.4-mini: gpt-4o is retired/,
    },
  ],
  'alerts reach somebody': [
    {
      title: 'alerts in silence',
      file: 'modules/prometheus.bicep',
      from: "contains(rule, 'alert') ?",
      to: "contains(rule, 'record') ?",
      says: /prometheusRuleGroups\/\S+: \w+ tells nobody/,
    },
    {
      title: "another cluster's numbers",
      file: 'modules/prometheus.bicep',
      from: 'clusterName: place.names.cluster',
      to: "clusterName: 'aks'",
      says: /prometheusRuleGroups\/\S+ is of no cluster, or of another/,
    },
  ],
};
