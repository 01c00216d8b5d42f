import type { PredictedResource } from '../../../generators/infrastructure/predicted-resources.ts';
import versions from '../../../infra/api-versions.json' with { type: 'json' };
import { findDifference } from './find-difference.ts';
import { listAt, ofType, shortId, textAt, valueAt, type ResourceRule } from './rule.ts';

/** Children and extensions of others, which take no tags. */
const WITHOUT_TAGS = [
  'Microsoft.Authorization/roleAssignments',
  'Microsoft.Authorization/roleDefinitions',
  'Microsoft.Cache/redisEnterprise/databases',
  'Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments',
  'Microsoft.CognitiveServices/accounts/deployments',
  'Microsoft.ContainerService/managedClusters/maintenanceConfigurations',
  'Microsoft.DBforPostgreSQL/flexibleServers/administrators',
  'Microsoft.DBforPostgreSQL/flexibleServers/configurations',
  'Microsoft.DBforPostgreSQL/flexibleServers/databases',
  'Microsoft.Dashboard/dashboards/dashboardDefinitions',
  'Microsoft.Insights/dataCollectionRuleAssociations',
  'Microsoft.Insights/diagnosticSettings',
  'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials',
  'Microsoft.Network/dnsZones/A',
  'Microsoft.Network/dnsZones/CAA',
  'Microsoft.Network/privateEndpoints/privateDnsZoneGroups',
];
const AUDITED = [
  'Microsoft.Cache/redisEnterprise/databases',
  'Microsoft.CognitiveServices/accounts',
  'Microsoft.ContainerRegistry/registries',
  'Microsoft.ContainerService/managedClusters',
  'Microsoft.DBforPostgreSQL/flexibleServers',
  'Microsoft.KeyVault/vaults',
];
/** Retired, or gone within weeks of being deployed. https://learn.microsoft.com/azure/ai-foundry/openai/concepts/model-retirements */
const RETIRED_MODELS = /^(gpt-4o(-mini)?|gpt-4\.1(-mini|-nano)?|gpt-5\.2)$/;

export const TRACE_RULES: readonly ResourceRule[] = [
  {
    title: 'whatever takes tags says whose it is',
    reason: 'Costs, searches and clean-ups go by tags.',
    find: (resources) =>
      resources
        .filter(({ type }) => !WITHOUT_TAGS.includes(type))
        .filter((resource) => Object.keys(resource['tags'] ?? {}).length === 0)
        .map(({ id }) => `${shortId(id)} has no tags`),
  },
  {
    title: 'api versions are those of the table',
    reason: 'One table is reviewed when Azure retires a version. The compiler knows many, some of which end soon.',
    find: (resources) =>
      resources
        .filter(({ type, apiVersion }) => (versions as Readonly<Record<string, string>>)[type] !== apiVersion)
        .map(({ id, apiVersion }) => `${shortId(id)}: ${apiVersion} is not in api-versions.json`),
  },
  {
    title: 'whoever holds secrets or data leaves a trace in the workspace',
    reason: 'After an incident it is too late to switch logs on.',
    find: findUntraced,
  },
  {
    title: 'no diagnostic setting mixes categories and groups of them',
    reason: 'Azure refuses the mix, at deployment time only.',
    find: (resources) => ofType(resources, 'Microsoft.Insights/diagnosticSettings').flatMap(findMixedLogs),
  },
  {
    title: 'what a collection rule gathers flows into a destination that it names',
    reason: 'Azure refuses any other name at deployment time, and a source without a flow is gathered for nobody.',
    find: (resources) => ofType(resources, 'Microsoft.Insights/dataCollectionRules').flatMap(findLooseFlows),
  },
  {
    title: 'whatever is pointed at is there',
    reason: 'A stack finds by name what the other made, so that a misspelt name is found at deployment time only.',
    find: findDanglingIds,
  },
  {
    title: 'nothing secret is written down',
    reason: 'A snapshot is committed, and a deployment keeps what it was given.',
    find: (resources) => resources.flatMap((resource) => findSecrets(resource, shortId(resource.id))),
  },
  {
    title: 'models are those that Azure still deploys, with a version',
    reason: 'A retired model fails at deployment time; one without a version changes by itself.',
    find: (resources) => ofType(resources, 'Microsoft.CognitiveServices/accounts/deployments').flatMap(findOddModel),
  },
  {
    title: 'alerts reach somebody',
    reason: 'A rule without an action group fires in silence; without its cluster it adds up those of others.',
    find: (resources) => ofType(resources, 'Microsoft.AlertsManagement/prometheusRuleGroups').flatMap(findSilentAlerts),
  },
];

function findUntraced(resources: readonly PredictedResource[]): string[] {
  const settings = ofType(resources, 'Microsoft.Insights/diagnosticSettings');
  return resources
    .filter(({ type }) => AUDITED.includes(type))
    .filter(
      ({ id }) =>
        !settings.some(
          (each) =>
            each.id.startsWith(`${id}/providers/Microsoft.Insights/`) &&
            listAt(each, 'properties.logs').length > 0 &&
            listAt(each, 'properties.logs').every((log) => valueAt(log, 'enabled') === true),
        ),
    )
    .map(({ id }) => `${shortId(id)} has no diagnostic settings, or one that is off`);
}

function findMixedLogs(setting: PredictedResource): string[] {
  const logs = listAt(setting, 'properties.logs');
  const groups = logs.filter((log) => valueAt(log, 'categoryGroup') !== undefined);
  if (groups.length === 0 || groups.length === logs.length) return [];
  return [`${shortId(setting.id)} mixes categories and groups of them`];
}

function findLooseFlows(rule: PredictedResource): string[] {
  const where = shortId(rule.id);
  const named = (path: string, key: string): unknown[] =>
    Object.values(valueAt(rule, path) ?? {}).flatMap((group) =>
      (group as unknown[]).flatMap((each) => valueAt(each, key) ?? []),
    );
  const flowing = (key: string): unknown[] => listAt(rule, 'properties.dataFlows').flatMap((flow) => listAt(flow, key));
  return [
    ...findDifference(flowing('destinations').map(String), named('properties.destinations', 'name').map(String)),
    ...findDifference(flowing('streams').map(String), named('properties.dataSources', 'streams').flat().map(String)),
  ].map((line) => `${where}: ${line}`);
}

/** Of this subscription. A zone of another group is somebody else's. */
function findDanglingIds(resources: readonly PredictedResource[]): string[] {
  const known = new Set(resources.flatMap(({ id }) => [id.toLowerCase()]));
  const groups = ofType(resources, 'Microsoft.Resources/resourceGroups').map(({ id }) => `${id}/`.toLowerCase());
  const subnets = ofType(resources, 'Microsoft.Network/virtualNetworks').flatMap((network) =>
    listAt(network, 'properties.subnets').map((subnet) =>
      `${network.id}/subnets/${textAt(subnet, 'name')}`.toLowerCase(),
    ),
  );
  return resources.flatMap((resource) => {
    const ids =
      JSON.stringify(resource['properties'] ?? {}).match(
        /\/subscriptions\/[0-9a-f-]{36}\/resourceGroups\/[^"', )]+/gi,
      ) ?? [];
    const missing = ids
      .map((id) => id.toLowerCase())
      .filter((id) => groups.some((group) => id.startsWith(group)) && !known.has(id) && !subnets.includes(id));
    return [...new Set(missing)].map((id) => `${shortId(resource.id)} points at ${shortId(id)}, which is not there`);
  });
}

function findSecrets(value: unknown, where: string): string[] {
  if (typeof value === 'string')
    return /^\[.*list(Keys|Secrets)\(|AccountKey=/is.test(value) ? [`${where} holds ${value}`] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const isSecret = /password$|secret$|connectionString/i.test(key) && typeof inner === 'string' && inner !== '';
    return isSecret ? [`${where}.${key} is written down`] : findSecrets(inner, `${where}.${key}`);
  });
}

function findOddModel(deployment: PredictedResource): string[] {
  const model = textAt(deployment, 'properties.model.name');
  const where = shortId(deployment.id);
  return [
    ...(RETIRED_MODELS.test(model) ? [`${where}: ${model} is retired`] : []),
    ...(textAt(deployment, 'properties.model.version') === '' ? [`${where} has no version`] : []),
    ...(textAt(deployment, 'properties.model.format') === 'OpenAI' ? [] : [`${where}: its format is not OpenAI`]),
  ];
}

function findSilentAlerts(group: PredictedResource): string[] {
  const where = shortId(group.id);
  const scopes = listAt(group, 'properties.scopes').map(String);
  const silent = listAt(group, 'properties.rules').filter(
    (rule) => textAt(rule, 'alert') !== '' && listAt(rule, 'actions').length === 0,
  );
  return [
    ...silent.map((rule) => `${where}: ${textAt(rule, 'alert')} tells nobody`),
    ...(scopes.some((scope) => scope.endsWith(`/managedClusters/${textAt(group, 'properties.clusterName')}`))
      ? []
      : [`${where} is of no cluster, or of another`]),
  ];
}
