/** What two sides have under one name; undefined on a side that has nothing there. */
export interface Pair<T> {
  readonly name: string;
  readonly before: T | undefined;
  readonly after: T | undefined;
}

/** Pairs what two sides have, sorted by name, so that the order in which people write says nothing. */
export function pairByName<T>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>): Pair<T>[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].toSorted().map((name) => ({ name, before: before.get(name), after: after.get(name) }));
}

/** A list by the names of what is in it; of two with one name the first counts. */
export function byName<T>(list: readonly T[], nameOf: (item: T) => string): Map<string, T> {
  return new Map(list.toReversed().map((item) => [nameOf(item), item]));
}
