import type { PredictedResource } from '../../../generators/infrastructure/predicted-resources.ts';
import table from '../../../infra/private-dns-zones.json' with { type: 'json' };
import { lastName, listAt, ofType, shortId, textAt, type ResourceRule } from './rule.ts';

const PRIVATE_SERVICES: Readonly<Record<string, { service: keyof typeof table; access: string }>> = {
  'Microsoft.KeyVault/vaults': { service: 'keyVault', access: 'properties.publicNetworkAccess' },
  'Microsoft.ContainerRegistry/registries': { service: 'registry', access: 'properties.publicNetworkAccess' },
  'Microsoft.DBforPostgreSQL/flexibleServers': {
    service: 'postgres',
    access: 'properties.network.publicNetworkAccess',
  },
  'Microsoft.Cache/redisEnterprise': { service: 'redis', access: 'properties.publicNetworkAccess' },
  'Microsoft.CognitiveServices/accounts': { service: 'openAi', access: 'properties.publicNetworkAccess' },
};

export const PRIVATE_RULES: readonly ResourceRule[] = [
  {
    title: 'services are closed to the internet',
    reason: 'Vault, registry, Postgres, Redis and Azure OpenAI are reached through the network alone.',
    find: (resources) =>
      resources.flatMap((resource) => {
        const path = PRIVATE_SERVICES[resource.type]?.access;
        if (path === undefined || textAt(resource, path) === 'Disabled') return [];
        return [`${shortId(resource.id)}: ${path} is not Disabled`];
      }),
  },
  {
    title: 'every service has one private endpoint, in its subnet',
    reason: 'Closed and without an endpoint, a service is one that nobody reaches.',
    find: findLonelyServices,
  },
  {
    title: 'every endpoint writes its names into the zones of the table',
    reason:
      'Without a record in its zone a name leads to the public address, which refuses; a second group removes the first.',
    find: findUnnamedEndpoints,
  },
  {
    title: 'every private zone of the table is there and linked, and no other',
    reason: 'CoreDNS and network policies are made from the same table; a zone without a link answers nobody.',
    find: findUnlinkedZones,
  },
];

function findLonelyServices(resources: readonly PredictedResource[]): string[] {
  const endpoints = ofType(resources, 'Microsoft.Network/privateEndpoints');
  const services = resources.filter(({ type }) => PRIVATE_SERVICES[type] !== undefined);
  const lonely = services.flatMap(({ id }) => {
    const own = endpoints.filter((endpoint) => targetOf(endpoint) === id);
    return own.length === 1 ? [] : [`${shortId(id)} has ${own.length} private endpoints`];
  });
  const elsewhere = endpoints
    .filter((endpoint) => !textAt(endpoint, 'properties.subnet.id').endsWith('/subnets/snet-pe'))
    .map(({ id }) => `${shortId(id)} stands outside of snet-pe`);
  return [...lonely, ...elsewhere];
}

function findUnnamedEndpoints(resources: readonly PredictedResource[]): string[] {
  const groups = ofType(resources, 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups');
  return ofType(resources, 'Microsoft.Network/privateEndpoints').flatMap((endpoint) => {
    const service = resources.find(({ id }) => id === targetOf(endpoint));
    const known = PRIVATE_SERVICES[service?.type ?? ''];
    if (known === undefined) return [`${shortId(endpoint.id)} leads to no service of the table`];
    const { groupIds, privateZones } = table[known.service];
    const own = groups.filter(({ id }) => id.startsWith(`${endpoint.id}/`));
    const asked = listAt(listAt(endpoint, 'properties.privateLinkServiceConnections')[0], 'properties.groupIds');
    const zones = own.flatMap((group) =>
      listAt(group, 'properties.privateDnsZoneConfigs').map((config) =>
        lastName(textAt(config, 'properties.privateDnsZoneId')),
      ),
    );
    return [
      ...(own.length === 1 ? [] : [`${shortId(endpoint.id)} has ${own.length} zone groups`]),
      ...(same(asked, groupIds)
        ? []
        : [`${shortId(endpoint.id)} asks for ${asked.join(', ')}, not ${groupIds.join()}`]),
      ...(same(zones, privateZones)
        ? []
        : [`${shortId(endpoint.id)} has zones ${zones.join(', ')}, not ${privateZones.join(', ')}`]),
    ];
  });
}

function findUnlinkedZones(resources: readonly PredictedResource[]): string[] {
  const network = ofType(resources, 'Microsoft.Network/virtualNetworks')[0];
  const region = textAt(network, 'location');
  const wanted = Object.values(table).flatMap(({ privateZones }) =>
    privateZones.map((zone) => zone.replace('<region>', region)),
  );
  const zones = ofType(resources, 'Microsoft.Network/privateDnsZones');
  const links = ofType(resources, 'Microsoft.Network/privateDnsZones/virtualNetworkLinks');
  const names = zones.map(({ id }) => lastName(id));
  const unlinked = zones.filter(
    ({ id }) =>
      !links.some(
        (link) =>
          link.id.startsWith(`${id}/`) &&
          textAt(link, 'properties.virtualNetwork.id') === network?.id &&
          String((link['properties'] as { registrationEnabled?: boolean }).registrationEnabled) === 'false',
      ),
  );
  return [
    ...wanted.filter((zone) => !names.includes(zone)).map((zone) => `zone ${zone} of the table is missing`),
    ...names.filter((zone) => !wanted.includes(zone)).map((zone) => `zone ${zone} is not of the table`),
    ...unlinked.map(({ id }) => `zone ${lastName(id)} is not linked to the network`),
  ];
}

function targetOf(endpoint: PredictedResource): string {
  return textAt(listAt(endpoint, 'properties.privateLinkServiceConnections')[0], 'properties.privateLinkServiceId');
}

function same(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((each) => others.includes(each));
}
