/** An IPv4 range as its first and last address, as numbers. */
export interface IpRange {
  readonly first: number;
  readonly last: number;
  /** Such as 24. */
  readonly prefix: number;
}

/** Parses `10.30.0.0/16`; an address inside the range counts as its start. Throws where it is no range. */
export function parseIpRange(text: string): IpRange {
  const [address = '', bits = ''] = text.split('/');
  const prefix = Number(bits);
  if (bits === '' || !Number.isInteger(prefix) || prefix < 0 || prefix > 32) throw new Error(`${text} is no range`);
  const size = 2 ** (32 - prefix);
  const first = Math.floor(parseAddress(address) / size) * size;
  return { first, last: first + size - 1, prefix };
}

/** `10.30.2.5` as a number. Throws where it is no address. */
export function parseAddress(text: string): number {
  const parts = text.split('.').map(Number);
  if (parts.length !== 4 || parts.some((part) => !Number.isInteger(part) || part < 0 || part > 255))
    throw new Error(`${text} is no IPv4 address`);
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

/** A number as `10.30.2.5`. */
export function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}

/** A range as `10.30.2.0/24`. */
export function formatIpRange({ first, prefix }: IpRange): string {
  return `${formatAddress(first)}/${prefix}`;
}

/** Whether two ranges share an address. */
export function overlap(a: IpRange, b: IpRange): boolean {
  return a.first <= b.last && b.first <= a.last;
}

/** Whether all of `inner` lies in `outer`. */
export function contains(outer: IpRange, inner: IpRange): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}
