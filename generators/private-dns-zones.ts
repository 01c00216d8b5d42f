import table from '../infra/private-dns-zones.json' with { type: 'json' };

/** How a service of Azure that has a private endpoint is found in DNS. */
export interface PrivateDnsZones {
  /** What the endpoint connects to. None where Azure makes the endpoint and its zone: for the private API server. */
  readonly groupIds: readonly string[];
  /** Linked to the virtual network; they hold the private addresses. */
  readonly privateZones: readonly string[];
  /** What clients ask. Azure's DNS leads from here into a private zone, a public resolver to a public address. */
  readonly parentZones: readonly string[];
}

const TABLE: Readonly<Record<string, PrivateDnsZones>> = table;

/** The one table of zones by service, for a region such as `swedencentral`. Infrastructure reads the same file. */
export function privateDnsZones(region: string): Map<string, PrivateDnsZones> {
  const inRegion = (zones: readonly string[]): string[] => zones.map((zone) => zone.replace('<region>', region));
  return new Map(
    Object.entries(TABLE).map(([service, { groupIds, privateZones, parentZones }]) => [
      service,
      { groupIds, privateZones: inRegion(privateZones), parentZones: inRegion(parentZones) },
    ]),
  );
}
