import roles from '../../../infra/roles.json' with { type: 'json' };

/** What each role of infra/roles.json lets its holder do, after "right to". */
const MAY: Readonly<Record<string, string>> = {
  acrPull: 'fetch program images',
  aksRbacClusterAdmin: 'do everything inside the cluster',
  deploymentStackOwner: 'deploy, and lift the guard against deletion',
  dnsZoneContributor: 'change public names',
  grafanaAdmin: 'change dashboards and who sees them',
  keyVaultSecretsUser: 'read credentials',
  managedIdentityOperator: 'hand out identities',
  monitoringDataReader: 'read metrics',
  networkContributor: 'change the network',
  openAiUser: 'call the models',
  privateDnsZoneContributor: 'change private names',
  rbacAdministrator: 'give rights to others',
  reader: 'see everything',
};

const BUILT_IN = new Map(Object.entries(roles).map(([name, id]) => [id, MAY[name]]));

/** What a role lets its holder do, or what it is called, from the id of its definition. `own` holds those of the snapshot. */
export function roleName(definitionId: string, own: ReadonlyMap<string, string>): string {
  const guid = definitionId.slice(definitionId.lastIndexOf('/') + 1).toLowerCase();
  const ownName = own.get(guid);
  return BUILT_IN.get(guid) ?? (ownName === undefined ? `use role ${guid}` : `act as ${ownName}`);
}

/** The guid and the name of a role that the snapshot defines; undefined for any other resource. */
export function ownRole(resource: Readonly<Record<string, unknown>>): readonly [string, string] | undefined {
  const { name, properties } = resource as { name?: unknown; properties?: { roleName?: unknown } | null };
  const shown = properties?.roleName;
  return typeof name === 'string' && typeof shown === 'string' ? [name.toLowerCase(), shortRole(shown)] : undefined;
}

/** A role's name without the subscription, which is there because no tenant has two roles of one name. */
export function shortRole(name: string): string {
  return name.replace(/, *(its subscription|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})\)$/i, ')');
}
