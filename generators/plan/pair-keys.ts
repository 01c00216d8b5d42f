import type { Team } from '../../environments/schema/team.ts';
import type { VirtualKey } from '../../environments/schema/virtual-key.ts';

/** A key with the team that pays for it. */
export interface PlacedKey {
  readonly team: Team;
  readonly key: VirtualKey;
}

/** What one key is on both sides, whatever it is called and whoever pays; undefined on a side that has none. */
export interface KeyPair {
  readonly before: PlacedKey | undefined;
  readonly after: PlacedKey | undefined;
}

/**
 * The keys of all teams on both sides, by team and alias. A secret opens the gateway under whatever name, so keys are
 * the same that share a hash, and only then those that share a name.
 */
export function pairKeys(before: readonly Team[], after: readonly Team[]): KeyPair[] {
  const [olds, news] = [placedKeys(before), placedKeys(after)];
  const byHash = new Map(news.flatMap((placed) => placed.key.hashes.map((hash) => [hash, placed] as const)));
  const byPlace = new Map(news.map((placed) => [placeOf(placed), placed]));
  const kept = olds.map((old): KeyPair => ({ before: old, after: successor(old, byHash, byPlace) }));
  const continued = new Set(kept.map((pair) => pair.after));
  const added = news.filter((placed) => !continued.has(placed));
  return [...kept, ...added.map((placed): KeyPair => ({ before: undefined, after: placed }))].toSorted(inOrder);
}

/** What a key is called in a plan: by its new name, where it still has one. */
export function shownPlace({ before, after }: KeyPair): { alias: string; team: string } {
  const placed = after ?? before;
  return { alias: placed?.key.key_alias ?? '', team: placed?.team.team_alias ?? '' };
}

/** Whether a key that stays goes by another name or is paid by another team. */
export function isElsewhere({ before, after }: KeyPair): boolean {
  return before !== undefined && after !== undefined && placeOf(before) !== placeOf(after);
}

function successor(
  old: PlacedKey,
  byHash: ReadonlyMap<string, PlacedKey>,
  byPlace: ReadonlyMap<string, PlacedKey>,
): PlacedKey | undefined {
  const sameName = byPlace.get(placeOf(old));
  const holders = old.key.hashes.flatMap((hash) => byHash.get(hash) ?? []);
  return sameName !== undefined && holders.includes(sameName) ? sameName : (holders[0] ?? sameName);
}

function placedKeys(teams: readonly Team[]): PlacedKey[] {
  return teams.flatMap((team) => team.virtual_keys.map((key) => ({ team, key })));
}

function placeOf({ team, key }: PlacedKey): string {
  return `${team.team_alias}\n${key.key_alias}`;
}

function inOrder(a: KeyPair, b: KeyPair): number {
  const [left, right] = [shownPlace(a), shownPlace(b)];
  if (left.team !== right.team) return left.team < right.team ? -1 : 1;
  return left.alias < right.alias ? -1 : 1;
}
