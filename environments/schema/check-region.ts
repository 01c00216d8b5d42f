import { REGIONS_WITHOUT_PAIR, REGIONS_WITHOUT_ZONES } from './azure-catalogue.ts';
import type { EnvironmentSettings } from './environment-settings.ts';
import type { ParsedFile, Problem } from './parse-yaml.ts';

/** What one region has and another has not, and what only half of an environment has. */
export function checkRegion(file: ParsedFile<unknown>, settings: EnvironmentSettings): Problem[] {
  const { location, cluster, postgres, zone_redundant } = settings;
  const problems = checkZones(file, settings);
  const hasZones = !REGIONS_WITHOUT_ZONES.includes(location);
  if (!hasZones && cluster.zones.length > 0)
    problems.push(file.locate(['cluster', 'zones'], `${location} has no zones: write zones: [], or another location`));
  if (!hasZones && zone_redundant === true)
    problems.push(file.locate(['zone_redundant'], `${location} has no zones: write false, or another location`));
  if (!hasZones && postgres.high_availability === 'zone_redundant')
    problems.push(
      file.locate(['postgres', 'high_availability'], `${location} has no zones: write same_zone, or another location`),
    );
  if (postgres.geo_redundant_backup && REGIONS_WITHOUT_PAIR.includes(location))
    problems.push(
      file.locate(
        ['postgres', 'geo_redundant_backup'],
        `${location} has no second region that Azure copies backups to: write false, or another location`,
      ),
    );
  return problems;
}

/** Nodes in zones are half of it. */
function checkZones(file: ParsedFile<unknown>, { cluster, zone_redundant }: EnvironmentSettings): Problem[] {
  if (cluster.zones.length < 2 || zone_redundant !== false) return [];
  const message =
    'the nodes outlive the loss of a zone, but their way out and the images do not: write true where nothing stands yet';
  return [file.locate(['zone_redundant'], message, 'warning')];
}
