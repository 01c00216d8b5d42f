import zones from '../../../infra/private-dns-zones.json' with { type: 'json' };
import type { SnapshotResource } from './read-snapshot.ts';

/** What each service of infra/private-dns-zones.json is to people. */
const SERVICES: Readonly<Record<keyof typeof zones, string>> = {
  keyVault: 'the key vault, from which the gateway takes its credentials,',
  postgres: 'the database',
  redis: 'the cache',
  registry: 'the registry, from which the cluster takes its programs,',
  openAi: 'Azure OpenAI',
  apiServer: "the cluster's own interface, by which it is commanded,",
};

/** Which service nobody finds any more without this zone, or this link to it; undefined for any other resource. */
export function zoneLoss({ type, name }: SnapshotResource): string | undefined {
  if (!/\/privateDnsZones(\/virtualNetworkLinks)?$/i.test(type)) return undefined;
  const [zone = ''] = name.split('/');
  const service = Object.entries(zones).find(([, { privateZones }]) =>
    privateZones.some((pattern) => matches(zone, pattern)),
  )?.[0];
  if (service === undefined) return undefined;
  const shown = SERVICES[service as keyof typeof zones];
  return `from inside the network ${shown} is no longer found by its name, so that whatever needs it fails`;
}

function matches(zone: string, pattern: string): boolean {
  const [start = '', end = ''] = pattern.split('<region>');
  return pattern.includes('<region>') ? zone.startsWith(start) && zone.endsWith(end) : zone === pattern;
}
