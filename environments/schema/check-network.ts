import { LOCAL_ENVIRONMENT } from './check-settings.ts';
import type { EnvironmentFiles } from './environment-files.ts';
import type { EnvironmentSettings } from './environment-settings.ts';
import { contains, formatAddress, formatIpRange, overlap, parseAddress, parseIpRange } from './ip-range.ts';
import type { Problem } from './parse-yaml.ts';
import { subnetsOf, type Subnets } from './subnets.ts';
import type { Path } from './value-at.ts';

/** What RFC 1918 gives to private networks. Network policies count on all else being the internet. */
const PRIVATE_RANGES = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

/** Ranges that are taken inside of every cluster. https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning */
const TAKEN_RANGES: Readonly<Record<string, string>> = {
  '10.244.0.0/16': "the pods' range",
  '10.0.0.0/16': "the range of the cluster's Services",
  '172.30.0.0/16': 'a range that AKS keeps',
  '172.31.0.0/16': 'a range that AKS keeps',
};

/** Azure's smallest subnet is a /29. The API server takes nine addresses, and five services take eight for their endpoints. */
const LONGEST_PREFIXES: Readonly<Record<string, number>> = { api_server: 28, private_endpoints: 28 };
const LONGEST_PREFIX = 29;
/** A pool that is upgraded grows by a third meanwhile, rounded up: maxSurge in infra/modules/aks.bicep. */
const SURGE = 0.33;
/** Azure keeps the first four addresses of a subnet and its last. */
const RESERVED_ADDRESSES = 5;

type Refuse = (path: Path, message: string) => void;

/** The address space, its subnets and the address of an internal ingress: what Azure or AKS would refuse. */
export function checkNetwork({ name, settings }: EnvironmentFiles): Problem[] {
  if (name === LOCAL_ENVIRONMENT || settings.value === undefined) return [];
  const problems: Problem[] = [];
  const refuse: Refuse = (path, message) => problems.push(settings.locate(path, message));
  checkAddressSpace(settings.value, refuse);
  checkSubnets(settings.value, refuse);
  checkNodeCount(settings.value, refuse);
  checkIngressAddress(settings.value, refuse);
  return problems;
}

function checkAddressSpace({ network }: EnvironmentSettings, refuse: Refuse): void {
  const path = ['network', 'address_space'];
  const space = network.address_space;
  const range = parseIpRange(space);
  refuseHostBits(path, 'address_space', space, refuse);
  if (!PRIVATE_RANGES.some((known) => contains(parseIpRange(known), range)))
    refuse(path, `address_space ${space} is not private: write a range within ${PRIVATE_RANGES.join(', ')}`);
  for (const [taken, use] of Object.entries(TAKEN_RANGES)) {
    if (!overlap(range, parseIpRange(taken))) continue;
    refuse(path, `address_space ${space} overlaps ${taken}, ${use}: write another, such as 10.30.0.0/16`);
  }
}

function checkSubnets(settings: EnvironmentSettings, refuse: Refuse): void {
  const space = settings.network.address_space;
  const subnets = Object.entries(subnetsOf(settings));
  for (const [index, [name, text]] of subnets.entries()) {
    const path = ['network', 'subnets', name];
    const range = parseIpRange(text);
    refuseHostBits(path, name, text, refuse);
    refuseSmallSubnet(name, text, refuse);
    if (!contains(parseIpRange(space), range))
      refuse(path, `subnet ${name} ${text} lies outside of address_space ${space}: write a range within it`);
    for (const [other, otherText] of subnets.slice(0, index)) {
      if (!overlap(range, parseIpRange(otherText))) continue;
      refuse(path, `subnet ${name} ${text} overlaps ${other} ${otherText}: give each its own addresses`);
    }
  }
}

function refuseSmallSubnet(name: string, text: string, refuse: Refuse): void {
  const longest = LONGEST_PREFIXES[name] ?? LONGEST_PREFIX;
  if (parseIpRange(text).prefix <= longest) return;
  refuse(['network', 'subnets', name], `subnet ${name} ${text} is too small: write a /${longest} or larger`);
}

/** Azure refuses a range that does not start where it says. */
function refuseHostBits(path: Path, name: string, text: string, refuse: Refuse): void {
  const start = formatIpRange(parseIpRange(text));
  if (start !== text) refuse(path, `${name} is ${text}, but that range starts elsewhere: write ${start}`);
}

/** Pods have addresses of their own, so what a pool may grow to is what its subnet must hold. */
function checkNodeCount(settings: EnvironmentSettings, refuse: Refuse): void {
  const { aks } = subnetsOf(settings);
  const { first, last } = parseIpRange(aks);
  const room = last - first + 1 - RESERVED_ADDRESSES;
  const { system_pool, user_pool } = settings.cluster;
  const nodes = nodesOf(system_pool.max) + nodesOf(user_pool.max);
  if (nodes <= room) return;
  refuse(
    ['network', 'subnets', 'aks'],
    `subnet aks ${aks} has room for ${Math.max(room, 0)} nodes, and the pools may grow to ${nodes} while they are upgraded: write a larger range, or a lower max`,
  );
}

function nodesOf(max: number): number {
  return max + Math.ceil(max * SURGE);
}

function checkIngressAddress(settings: EnvironmentSettings, refuse: Refuse): void {
  const { address, exposure } = settings.ingress;
  if (address === undefined) return;
  const path = ['ingress', 'address'];
  if (exposure === 'public') {
    refuse(
      path,
      `address is ${address}, but Azure gives a public ingress its address: remove it, or write exposure: internal`,
    );
    return;
  }
  const ingress: Subnets['ingress'] = subnetsOf(settings).ingress;
  const { first, last } = parseIpRange(ingress);
  const number = parseAddress(address);
  const usable = `${formatAddress(first + 4)} to ${formatAddress(last - 1)}`;
  if (number < first || number > last)
    refuse(path, `address ${address} lies outside of the ingress subnet ${ingress}: write one of ${usable}`);
  else if (number < first + 4 || number === last)
    refuse(path, `address ${address} is one of the five that Azure keeps of ${ingress}: write one of ${usable}`);
}
