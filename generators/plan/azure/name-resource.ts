import { isRight, isRole, type SnapshotResource } from './read-snapshot.ts';
import { shortRole } from './role-names.ts';
import { lastName } from './shorten-ids.ts';

// Names that say something to a reader: a right by who may do what where, a child by what it belongs to.

/** What a resource is called in a sentence. */
export function nameResource(resource: SnapshotResource): string {
  const { id, name, type, values } = resource;
  if (isRight(type)) return nameRight(resource);
  if (isRole(type)) return shortRole(values.get('roleName') ?? name);
  const parent = extended(id);
  if (parent !== undefined) return /\/diagnosticSettings$/i.test(type) ? `of ${parent}` : `${name} of ${parent}`;
  if (/\/(A|CAA)$/i.test(type)) return hostName(name);
  return nameChild(name, type, values);
}

function nameChild(name: string, type: string, values: ReadonlyMap<string, string>): string {
  const parts = name.split('/');
  const [parent, own] = [parts.slice(0, -1).join('/'), parts.at(-1) ?? ''];
  if (parent === '') return name;
  switch (type.toLowerCase()) {
    case 'microsoft.cognitiveservices/accounts/deployments':
      return own;
    case 'microsoft.network/privatednszones/virtualnetworklinks':
      return `${parent} to ${lastName(values.get('virtualNetwork.id') ?? own)}`;
    case 'microsoft.network/privateendpoints/privatednszonegroups':
    case 'microsoft.dashboard/dashboards/dashboarddefinitions':
      return parent;
    default:
      return `${own} of ${parent}`;
  }
}

/** `of id-tollgate-prod-plan to see everything in rg-tollgate-prod`, after the word right. */
function nameRight({ id, values }: SnapshotResource): string {
  const scope = id.slice(0, id.toLowerCase().lastIndexOf('/providers/microsoft.authorization/'));
  const where = /^\/subscriptions\/[^/]+$/.test(scope) ? 'the whole subscription' : lastName(scope);
  return `of ${lastName(values.get('principalId') ?? '')} to ${values.get('roleDefinitionId') ?? ''} in ${where}`;
}

/** What stands on another resource is called after it. */
function extended(id: string): string | undefined {
  const providers = [...id.matchAll(/\/providers\/Microsoft\./gi)];
  const last = providers.at(-1);
  return providers.length < 2 || last === undefined ? undefined : lastName(id.slice(0, last.index));
}

/** A record is named `<zone>/<name>`; `@` is the zone itself. */
function hostName(name: string): string {
  const [zone = '', host = ''] = name.split('/');
  return host === '@' || host === '' ? zone : `${host}.${zone}`;
}
