import type { PredictedResource } from '../../../generators/infrastructure/predicted-resources.ts';
import { findDifference } from './find-difference.ts';
import { lastName, listAt, ofType, textAt, valueAt, type ResourceRule } from './rule.ts';

/** Of a public ingress: an internal one is reached from the network, which Azure's own rules allow. */
const WEB = 'nsg-snet-aks: 100 Inbound Allow Tcp Internet to *: 80, 443';

/** Each with its priority; the ports as the services have them. */
const DOORS = [
  'nsg-snet-pe: 100 Inbound Allow Tcp snet-aks to snet-pe: 443, 5432, 10000',
  'nsg-snet-pe: 4096 Inbound Deny * * to *: *',
  // AKS asks for these of an API server within the network.
  'nsg-snet-apiserver: 100 Inbound Allow Tcp snet-aks to snet-apiserver: 443, 4443',
  'nsg-snet-apiserver: 110 Inbound Allow Tcp AzureLoadBalancer to snet-apiserver: 9988',
];

export const DOOR_RULES: readonly ResourceRule[] = [
  {
    title: 'security groups open and close what the table says, and nothing else',
    reason: 'One rule from anywhere to any port is a network without walls, and endpoints are for the nodes alone.',
    find: (resources) => {
      const isPublic = ofType(resources, 'Microsoft.Network/publicIPAddresses').some(({ id }) =>
        id.endsWith('-ingress'),
      );
      const doors = ofType(resources, 'Microsoft.Network/networkSecurityGroups').flatMap((group) =>
        listAt(group, 'properties.securityRules').map(
          (rule) => `${lastName(group.id)}: ${doorOf(rule, subnetNames(resources))}`,
        ),
      );
      return findDifference(doors, isPublic ? [WEB, ...DOORS] : DOORS);
    },
  },
];

function subnetNames(resources: readonly PredictedResource[]): ReadonlyMap<unknown, string> {
  const subnets = ofType(resources, 'Microsoft.Network/virtualNetworks').flatMap((network) =>
    listAt(network, 'properties.subnets'),
  );
  return new Map(subnets.map((subnet) => [valueAt(subnet, 'properties.addressPrefix'), textAt(subnet, 'name')]));
}

function doorOf(rule: unknown, names: ReadonlyMap<unknown, string>): string {
  const words = (...paths: string[]): string =>
    paths
      .flatMap((path) => (valueAt(rule, `properties.${path}`) ?? []) as string | number | readonly string[])
      .map((value) => names.get(value) ?? String(value))
      .join(', ');
  const kind = ['priority', 'direction', 'access', 'protocol'].map((path) => words(path)).join(' ');
  const from = words('sourceAddressPrefix', 'sourceAddressPrefixes', 'sourceApplicationSecurityGroups');
  const to = words('destinationAddressPrefix', 'destinationAddressPrefixes');
  return `${kind} ${from} to ${to}: ${words('destinationPortRange', 'destinationPortRanges')}`;
}
