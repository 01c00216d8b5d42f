import type { PredictedResource } from '../../../generators/infrastructure/predicted-resources.ts';
import { lastName, shortId, type ResourceRule } from './rule.ts';

// https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const WORDS = /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9_])?$/;
const DASHED = /^[a-z0-9](-?[a-z0-9])*$/;

interface NameForm {
  readonly shortest: number;
  readonly longest: number;
  readonly form: RegExp;
}

const FORMS: Readonly<Record<string, NameForm>> = {
  'Microsoft.AlertsManagement/prometheusRuleGroups': { shortest: 1, longest: 260, form: WORDS },
  'Microsoft.Authorization/roleAssignments': { shortest: 36, longest: 36, form: GUID },
  'Microsoft.Authorization/roleDefinitions': { shortest: 36, longest: 36, form: GUID },
  'Microsoft.Cache/redisEnterprise': { shortest: 1, longest: 60, form: DASHED },
  'Microsoft.CognitiveServices/accounts': { shortest: 2, longest: 64, form: DASHED },
  'Microsoft.CognitiveServices/accounts/deployments': { shortest: 1, longest: 64, form: WORDS },
  'Microsoft.ContainerRegistry/registries': { shortest: 5, longest: 50, form: /^[a-z0-9]+$/ },
  'Microsoft.ContainerService/managedClusters': { shortest: 1, longest: 63, form: DASHED },
  'Microsoft.DBforPostgreSQL/flexibleServers': { shortest: 3, longest: 63, form: DASHED },
  'Microsoft.Dashboard/dashboards': { shortest: 2, longest: 30, form: DASHED },
  'Microsoft.Dashboard/grafana': { shortest: 2, longest: 30, form: /^[a-z](-?[a-z0-9])*$/ },
  'Microsoft.Insights/dataCollectionEndpoints': { shortest: 3, longest: 44, form: DASHED },
  'Microsoft.Insights/dataCollectionRules': { shortest: 3, longest: 64, form: DASHED },
  'Microsoft.KeyVault/vaults': { shortest: 3, longest: 24, form: /^[a-z](-?[a-z0-9])*$/ },
  'Microsoft.ManagedIdentity/userAssignedIdentities': { shortest: 3, longest: 128, form: WORDS },
  'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials': {
    shortest: 3,
    longest: 120,
    form: WORDS,
  },
  'Microsoft.Monitor/accounts': { shortest: 3, longest: 44, form: DASHED },
  'Microsoft.Network/virtualNetworks': { shortest: 2, longest: 64, form: WORDS },
  'Microsoft.OperationalInsights/workspaces': { shortest: 4, longest: 63, form: DASHED },
  'Microsoft.Resources/resourceGroups': { shortest: 1, longest: 90, form: WORDS },
};
/** Holds for whatever the table above does not name. */
const ANY: NameForm = { shortest: 1, longest: 80, form: /^(@|[A-Za-z0-9][A-Za-z0-9._-]*)$/ };

export const NAME_RULES: readonly ResourceRule[] = [
  {
    title: 'names are known before anything is deployed',
    reason: 'A name with an expression in it is one that nobody has reviewed, and two resources with one id are one.',
    find: (resources) => resources.flatMap((resource, index) => findUnknownName(resource, resources.slice(0, index))),
  },
  {
    title: 'names are as long as Azure allows, and of its characters',
    reason: 'Azure says so at deployment time only, when half of an environment is there.',
    find: (resources) => resources.flatMap(findOddName),
  },
];

function findUnknownName({ id, name, type }: PredictedResource, earlier: readonly PredictedResource[]): string[] {
  if (id.includes('[') || String(name).includes('['))
    return [`${type} ${String(name)}: its name depends on what only Azure knows`];
  if (earlier.some((other) => other.id.toLowerCase() === id.toLowerCase())) return [`${shortId(id)} stands twice`];
  return [];
}

function findOddName({ id, type }: PredictedResource): string[] {
  const name = lastName(id);
  const { shortest, longest, form } = FORMS[type] ?? ANY;
  if (name.length < shortest || name.length > longest)
    return [`${shortId(id)}: ${name} has ${name.length} characters, and ${type} takes ${shortest} to ${longest}`];
  return form.test(name) ? [] : [`${shortId(id)}: ${type} does not take the name ${name}`];
}
