import { REGIONS_WITHOUT_ZONES } from '../../../environments/schema/azure-catalogue.ts';
import type { PredictedResource } from '../../../generators/infrastructure/predicted-resources.ts';
import { listAt, ofType, shortId, textAt, valueAt, type ResourceRule } from './rule.ts';

const AKS = 'Microsoft.ContainerService/managedClusters';
const ADDRESS = 'Microsoft.Network/publicIPAddresses';
const ALL_ZONES = 3;

export const ZONE_RULES: readonly ResourceRule[] = [
  {
    title: 'what stands in zones stands where there are some, and an address in one or in all of them',
    reason: 'Azure refuses zones of a region that has none, and an address in two, at deployment time only.',
    find: (resources) => [
      ...resources.filter(isInPlaceWithoutZones).flatMap(findZones),
      ...ofType(resources, ADDRESS).flatMap(findTwoZones),
    ],
  },
  {
    title: 'where nodes stand in zones, so does all that they cannot do without',
    reason: 'The loss of one zone takes no more than what stands in it: not the way out, not the images.',
    find: (resources) => (ofType(resources, AKS).some(isInZones) ? findSingleZones(resources) : []),
  },
];

function isInPlaceWithoutZones({ location }: PredictedResource): boolean {
  return (REGIONS_WITHOUT_ZONES as readonly unknown[]).includes(location);
}

/** Each service has words of its own for it. */
function findZones(resource: PredictedResource): string[] {
  const pools = listAt(resource, 'properties.agentPoolProfiles').flatMap((pool) => listAt(pool, 'availabilityZones'));
  const isZonal =
    [...listAt(resource, 'zones'), ...pools].length > 0 ||
    valueAt(resource, 'properties.zoneRedundancy') === 'Enabled' ||
    valueAt(resource, 'properties.highAvailability.mode') === 'ZoneRedundant' ||
    valueAt(resource, 'sku.name') === 'StandardV2';
  return isZonal ? [`${shortId(resource.id)} asks for zones, and ${String(resource['location'])} has none`] : [];
}

function findTwoZones(address: PredictedResource): string[] {
  const { length } = listAt(address, 'zones');
  if (length <= 1 || length === ALL_ZONES) return [];
  return [`${shortId(address.id)} stands in ${length} zones: write one, or all ${ALL_ZONES}`];
}

function isInZones(cluster: PredictedResource): boolean {
  return listAt(cluster, 'properties.agentPoolProfiles').every((pool) => listAt(pool, 'availabilityZones').length > 1);
}

function findSingleZones(resources: readonly PredictedResource[]): string[] {
  const odd = (type: string, path: string, wanted: string): string[] =>
    ofType(resources, type)
      .filter((resource) => textAt(resource, path) !== wanted)
      .map(({ id }) => `${shortId(id)}: ${path} is not ${wanted}`);
  const ingress = ofType(resources, ADDRESS).filter(({ id }) => id.endsWith('-ingress'));
  return [
    ...odd('Microsoft.Network/natGateways', 'sku.name', 'StandardV2'),
    ...odd('Microsoft.ContainerRegistry/registries', 'properties.zoneRedundancy', 'Enabled'),
    ...ingress
      .filter((address) => listAt(address, 'zones').length < ALL_ZONES)
      .map(({ id }) => `${shortId(id)} stands in one zone`),
  ];
}
