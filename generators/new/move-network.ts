import type { EnvironmentSettings } from '../../environments/schema/environment-settings.ts';
import { formatAddress, formatIpRange, parseAddress, parseIpRange } from '../../environments/schema/ip-range.ts';
import type { SettingEdit } from './setting-edit.ts';

/** The network of an environment in another address space: what lies in it by hand keeps its distance from the start. */
export function moveNetwork({ network, ingress }: EnvironmentSettings, space: string): SettingEdit[] {
  const distance = parseIpRange(space).first - parseIpRange(network.address_space).first;
  const moveRange = (text: string): string => {
    const { first, last, prefix } = parseIpRange(text);
    return formatIpRange({ first: first + distance, last: last + distance, prefix });
  };
  const subnets = Object.entries(network.subnets).flatMap(([name, range]) =>
    range === undefined ? [] : [{ path: ['network', 'subnets', name], value: moveRange(range) }],
  );
  const address = ingress.address;
  return [
    { path: ['network', 'address_space'], value: space },
    ...subnets,
    ...(address === undefined
      ? []
      : [{ path: ['ingress', 'address'], value: formatAddress(parseAddress(address) + distance) }]),
  ];
}
