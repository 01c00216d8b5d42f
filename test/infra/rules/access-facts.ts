import type { PredictedResource } from '../../../generators/infrastructure/predicted-resources.ts';
import roles from '../../../infra/roles.json' with { type: 'json' };
import { lastName, ofType, textAt, valueAt } from './rule.ts';

/** What decides in an environment who needs a right. */
export interface AccessFacts {
  /** Whether names in the public zone are proven by records in it. */
  readonly provesNames: boolean;
  /** Whether the public zone stands in a group of its own. */
  readonly hasForeignZone: boolean;
  readonly hasGrafana: boolean;
  readonly hasKeda: boolean;
}

const ASSIGNMENT = '/providers/Microsoft.Authorization/roleAssignments/';
const IDENTITY = 'ManagedIdentity/userAssignedIdentities';
/** What an object id looks like. */
const OBJECT_ID = /^[0-9a-f-]{36}$/;

/** Reads them off what would be created. */
export function accessFacts(resources: readonly PredictedResource[]): AccessFacts {
  const records = ofType(resources, 'Microsoft.Network/dnsZones/A');
  const [cluster] = ofType(resources, 'Microsoft.ContainerService/managedClusters');
  return {
    provesNames: records.some((record) => valueAt(record, 'properties.ARecords') !== undefined),
    hasForeignZone: records.some(({ id }) => !id.startsWith(`${ownGroup(resources)}/`)),
    hasGrafana: ofType(resources, 'Microsoft.Dashboard/grafana').length > 0,
    hasKeda: valueAt(cluster, 'properties.workloadAutoScalerProfile.keda.enabled') === true,
  };
}

/** Who gets which role where, such as `kubelet: acrPull on registries`. */
export function describeRight(assignment: PredictedResource, resources: readonly PredictedResource[]): string {
  const principal = textAt(assignment, 'properties.principalId');
  const [, id = principal] = /^\[reference\('([^']+)'/.exec(principal) ?? [];
  const who = OBJECT_ID.test(principal) ? 'people' : describe(id, resources);
  return `${who}: ${roleOf(assignment, resources)} on ${describe(scopeOf(assignment), resources)}`;
}

/** The id of what an assignment is for. */
export function scopeOf({ id }: PredictedResource): string {
  return id.slice(0, id.indexOf(ASSIGNMENT));
}

/** The role by its name in `infra/roles.json`, or `own <name>` for one of ours. */
export function roleOf(assignment: PredictedResource, resources: readonly PredictedResource[]): string {
  const id = lastName(textAt(assignment, 'properties.roleDefinitionId'));
  const known = Object.entries(roles).find(([, role]) => role === id)?.[0];
  const own = ofType(resources, 'Microsoft.Authorization/roleDefinitions').find((role) => lastName(role.id) === id);
  return known ?? (own === undefined ? id : `own ${textAt(own, 'properties.roleName').split(' ')[1] ?? ''}`);
}

/** An identity by the last words of its name, a group by whose it is, anything else by its type. */
export function describe(id: string, resources: readonly PredictedResource[]): string {
  const group = ownGroup(resources);
  if (id === group) return 'the group';
  if (/^\/subscriptions\/[^/]+$/.test(id)) return 'the subscription';
  if (!id.includes('/providers/')) return id === `${group}-github` ? 'the group of GitHub' : 'the group of the zone';
  const [, type = id] = /\/providers\/Microsoft\.(\w+\/\w+)\/[^/]+$/.exec(id) ?? [];
  if (type === IDENTITY) return lastName(id).replace(`id-${lastName(group).slice('rg-'.length)}-`, '');
  return type === 'Network/privateDnsZones' ? `zone ${lastName(id).split('.').at(-2) ?? ''}` : type;
}

function ownGroup(resources: readonly PredictedResource[]): string {
  const [network] = ofType(resources, 'Microsoft.Network/virtualNetworks');
  return network?.id.slice(0, network.id.indexOf('/providers/')) ?? '';
}
