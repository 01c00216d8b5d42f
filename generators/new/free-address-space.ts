import { formatIpRange, overlap, parseIpRange } from '../../environments/schema/ip-range.ts';

const PREFIX = 16;
/** Apart from the ranges inside of every cluster, and from 10.0 to 10.29, which networks that exist mostly have. */
const [FIRST, LAST] = ['10.30.0.0/16', '10.99.0.0/16'].map((range) => parseIpRange(range).first) as [number, number];

/** The first free /16 from 10.30.0.0 to 10.99.0.0; undefined where each overlaps one that is taken. */
export function freeAddressSpace(taken: readonly string[]): string | undefined {
  const ranges = taken.map(parseIpRange);
  for (let first = FIRST; first <= LAST; first += 2 ** (32 - PREFIX)) {
    const candidate = formatIpRange({ first, last: first, prefix: PREFIX });
    if (!ranges.some((range) => overlap(range, parseIpRange(candidate)))) return candidate;
  }
  return undefined;
}
