import type { EnvironmentSettings } from './environment-settings.ts';

/** Whether what the nodes cannot do without stands in every zone of the region: the way out, the address, the images. */
export function spansZones({ zone_redundant, cluster }: EnvironmentSettings): boolean {
  return zone_redundant ?? cluster.zones.length > 0;
}
