import { orderResources, type PredictedResource } from '../../infrastructure/predicted-resources.ts';
import { flattenResource } from './flatten-resource.ts';
import { ownRole, roleName, shortRole } from './role-names.ts';

/** One resource, told apart by what it is and not by the ids that Azure or the templates make up. */
export interface SnapshotResource {
  /** What it is paired by. */
  readonly key: string;
  readonly type: string;
  /** Its id without the subscription. */
  readonly id: string;
  readonly name: string;
  readonly values: ReadonlyMap<string, string>;
}

export interface Snapshot {
  /** Zeros while environment.yaml says unset. */
  readonly subscription: string;
  /** By key; of two with one key the first counts. */
  readonly resources: ReadonlyMap<string, SnapshotResource>;
}

/** Stands for the subscription, so that one environment compares with itself in another. */
const OWN = 'own';

/** Reads a text as the `resources.json` that a render writes; undefined for any other. It may come from a stranger. */
export function readSnapshot(text: string): Snapshot | undefined {
  try {
    const subscription = /"\/subscriptions\/([0-9a-f-]{36})[/"]/i.exec(text)?.[1] ?? '';
    const parsed: unknown = JSON.parse(text.replaceAll(`/subscriptions/${subscription}`, `/subscriptions/${OWN}`));
    if (!Array.isArray(parsed) || !parsed.every(isResource)) return undefined;
    const ordered = orderResources(parsed);
    const roles = new Map(ordered.map(ownRole).filter((role) => role !== undefined));
    const read = ordered.map((resource) => readResource(resource, roles, subscription));
    return { subscription, resources: new Map(read.toReversed().map((resource) => [resource.key, resource])) };
  } catch {
    // Not JSON, or nested deeper than anything that a compiler writes.
    return undefined;
  }
}

function isResource(value: unknown): value is PredictedResource {
  if (typeof value !== 'object' || value === null) return false;
  const { id, type, name } = value as Record<string, unknown>;
  return [id, type, name].every((text) => typeof text === 'string');
}

function readResource(
  resource: PredictedResource,
  roles: ReadonlyMap<string, string>,
  subscription: string,
): SnapshotResource {
  const { id, type } = resource;
  const values = flattenResource(resource);
  const role = values.get('roleDefinitionId');
  if (role !== undefined) values.set('roleDefinitionId', roleName(role, roles));
  const ownName = isRole(type) ? values.get('roleName') : undefined;
  if (ownName !== undefined && subscription !== '')
    values.set('roleName', ownName.replaceAll(subscription, 'its subscription'));
  return { key: keyOf(id, type, values), type, id, name: String(resource['name']), values };
}

/**
 * Rights and roles are named by what `guid(...)` makes of a seed: what they say is what they are. All else has a name
 * that people chose.
 */
function keyOf(id: string, type: string, values: ReadonlyMap<string, string>): string {
  const value = (path: string) => values.get(path) ?? '';
  const scope = id.slice(0, id.lastIndexOf('/'));
  if (isRight(type)) return `${scope} ${value('principalId')} ${value('roleDefinitionId')}`.toLowerCase();
  if (isRole(type)) return `${scope} ${shortRole(value('roleName'))}`.toLowerCase();
  return id.toLowerCase();
}

/** Whether a type is that of a role which is given to somebody. */
export function isRight(type: string): boolean {
  return type.toLowerCase() === 'microsoft.authorization/roleassignments';
}

/** Whether a type is that of a role itself. */
export function isRole(type: string): boolean {
  return type.toLowerCase() === 'microsoft.authorization/roledefinitions';
}
