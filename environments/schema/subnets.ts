import type { EnvironmentSettings } from './environment-settings.ts';
import { formatAddress, formatIpRange, parseIpRange } from './ip-range.ts';

/** Every subnet of an environment as a range such as `10.30.2.0/24`. */
export interface Subnets {
  readonly aks: string;
  readonly private_endpoints: string;
  readonly ingress: string;
  readonly api_server: string;
}

/** Where a subnet starts in the address space, in addresses, and its prefix, unless environment.yaml says otherwise. */
const DEFAULT_PLACES: Readonly<Record<keyof Subnets, { readonly offset: number; readonly prefix: number }>> = {
  aks: { offset: 0, prefix: 23 },
  private_endpoints: { offset: 512, prefix: 24 },
  ingress: { offset: 768, prefix: 24 },
  api_server: { offset: 1024, prefix: 28 },
};

/** The four subnets of an environment: as written, or at their place at the start of its address space. */
export function subnetsOf({ network }: Pick<EnvironmentSettings, 'network'>): Subnets {
  const { first } = parseIpRange(network.address_space);
  const place = (name: keyof Subnets): string => {
    const { offset, prefix } = DEFAULT_PLACES[name];
    return network.subnets[name] ?? formatIpRange({ first: first + offset, last: 0, prefix });
  };
  return {
    aks: place('aks'),
    private_endpoints: place('private_endpoints'),
    ingress: place('ingress'),
    api_server: place('api_server'),
  };
}

/** The address of an internal ingress: as written, or the fifth of its subnet, since Azure keeps the first four. */
export function ingressAddressOf(settings: Pick<EnvironmentSettings, 'network' | 'ingress'>): string {
  return settings.ingress.address ?? formatAddress(parseIpRange(subnetsOf(settings).ingress).first + 4);
}
