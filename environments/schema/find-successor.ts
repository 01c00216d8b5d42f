import type { VirtualKey } from './virtual-key.ts';

interface Placed {
  readonly key: VirtualKey;
}

/**
 * Finds among `news` the key that an older one goes on as. A secret opens the gateway under whatever name and whoever
 * pays, so keys are the same that share a hash, and only then those of one place. Undefined where neither is left.
 */
export function successorFinder<T extends Placed>(
  news: readonly T[],
  placeOf: (placed: T) => string,
): (old: T) => T | undefined {
  const byHash = new Map(news.flatMap((placed) => placed.key.hashes.map((hash) => [hash, placed] as const)));
  const byPlace = new Map(news.map((placed) => [placeOf(placed), placed]));
  return (old) => {
    const samePlace = byPlace.get(placeOf(old));
    const holders = old.key.hashes.flatMap((hash) => byHash.get(hash) ?? []);
    return samePlace !== undefined && holders.includes(samePlace) ? samePlace : (holders[0] ?? samePlace);
  };
}
