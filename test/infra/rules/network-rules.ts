import { contains, overlap, parseIpRange } from '../../../environments/schema/ip-range.ts';
import type { PredictedResource } from '../../../generators/infrastructure/predicted-resources.ts';
import { lastName, listAt, ofType, shortId, textAt, valueAt, type ResourceRule } from './rule.ts';

/** AKS keeps them for itself. */
const KEPT_RANGES = ['172.30.0.0/16', '172.31.0.0/16'];

export const NETWORK_RULES: readonly ResourceRule[] = [
  {
    title: 'no two address ranges overlap',
    reason: 'Subnets, pods and Services share one plan; none of it can be moved later.',
    find: findOverlaps,
  },
  {
    title: 'every subnet has a security group, and only what belongs there',
    reason:
      'Nodes leave by the NAT gateway; the API server wants a subnet of its own; a delegated one takes nothing else.',
    find: (resources) =>
      subnetsOf(resources).flatMap((subnet) =>
        findOddSubnet(subnet, ofType(resources, 'Microsoft.Network/networkSecurityGroups')),
      ),
  },
  {
    title: 'gateway and load balancer have addresses of a kind that they take, and streams may be silent',
    reason:
      'A gateway takes addresses of its own kind, a load balancer Standard ones alone; by default a silent connection ends after 4 minutes.',
    find: findOddGateways,
  },
];

interface Subnet {
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

function subnetsOf(resources: readonly PredictedResource[]): Subnet[] {
  return ofType(resources, 'Microsoft.Network/virtualNetworks').flatMap(
    (network) => listAt(network, 'properties.subnets') as Subnet[],
  );
}

function findOverlaps(resources: readonly PredictedResource[]): string[] {
  const network = ofType(resources, 'Microsoft.Network/virtualNetworks')[0];
  const cluster = ofType(resources, 'Microsoft.ContainerService/managedClusters')[0];
  const space = String(listAt(network, 'properties.addressSpace.addressPrefixes')[0]);
  const subnets = subnetsOf(resources).map((subnet) => ({
    name: subnet.name,
    range: textAt(subnet, 'properties.addressPrefix'),
  }));
  const outside = subnets
    .filter(({ range }) => !contains(parseIpRange(space), parseIpRange(range)))
    .map(({ name, range }) => `${name} ${range} lies outside of ${space}`);
  const ranges = [
    ...subnets,
    { name: 'pods', range: textAt(cluster, 'properties.networkProfile.podCidr') },
    { name: 'Services', range: textAt(cluster, 'properties.networkProfile.serviceCidr') },
    ...KEPT_RANGES.map((range) => ({ name: 'AKS', range })),
  ];
  const overlaps = ranges.flatMap((one, index) =>
    ranges
      .slice(0, index)
      .filter((other) => overlap(parseIpRange(one.range), parseIpRange(other.range)))
      .map((other) => `${one.name} ${one.range} overlaps ${other.name} ${other.range}`),
  );
  return [...outside, ...overlaps];
}

function findOddSubnet(subnet: Subnet, groups: readonly PredictedResource[]): string[] {
  const { name } = subnet;
  const group = textAt(subnet, 'properties.networkSecurityGroup.id');
  const delegations = listAt(subnet, 'properties.delegations').map((each) => textAt(each, 'properties.serviceName'));
  const wantedDelegations = name === 'snet-apiserver' ? ['Microsoft.ContainerService/managedClusters'] : [];
  const hasNat = valueAt(subnet, 'properties.natGateway') !== undefined;
  return [
    ...(groups.some(({ id }) => id === group && lastName(id) === `nsg-${name}`)
      ? []
      : [`${name} has no security group of its own`]),
    ...(hasNat === (name === 'snet-aks') ? [] : [`${name}: the NAT gateway belongs to snet-aks alone`]),
    ...(delegations.join() === wantedDelegations.join()
      ? []
      : [`${name} is delegated to ${delegations.join() || 'nobody'}`]),
    ...(valueAt(subnet, 'properties.defaultOutboundAccess') === false ? [] : [`${name} has a way out of its own`]),
    ...(name !== 'snet-pe' ||
    textAt(subnet, 'properties.privateEndpointNetworkPolicies') === 'NetworkSecurityGroupEnabled'
      ? []
      : [`${name}: rules do not bind on private endpoints`]),
  ];
}

function findOddGateways(resources: readonly PredictedResource[]): string[] {
  const addresses = ofType(resources, 'Microsoft.Network/publicIPAddresses');
  const ofBalancer = addresses
    .filter(({ id, sku }) => id.endsWith('-ingress') && valueAt(sku, 'name') !== 'Standard')
    .map(({ id }) => `${shortId(id)} is of a kind that no load balancer takes`);
  const ofGateways = ofType(resources, 'Microsoft.Network/natGateways').flatMap((gateway) => {
    const own = listAt(gateway, 'properties.publicIpAddresses').map((each) => textAt(each, 'id'));
    const kinds = addresses.filter(({ id }) => own.includes(id)).map((address) => textAt(address, 'sku.name'));
    const idle = Number(valueAt(gateway, 'properties.idleTimeoutInMinutes'));
    return [
      ...(kinds.length === 1 && kinds[0] === textAt(gateway, 'sku.name')
        ? []
        : [
            `${shortId(gateway.id)} is ${textAt(gateway, 'sku.name')}, and its address ${kinds.join() || 'is not here'}`,
          ]),
      ...(own.some((id) => id.endsWith('-ingress')) ? [`${shortId(gateway.id)} uses the address of the ingress`] : []),
      ...(idle >= 30 ? [] : [`${shortId(gateway.id)} ends connections after ${idle} silent minutes`]),
    ];
  });
  return [...ofBalancer, ...ofGateways];
}
