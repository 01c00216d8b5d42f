import { successorFinder } from '../../environments/schema/find-successor.ts';
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
  /** Whether `after` is another key that was there too, and takes its secrets. */
  readonly isMerged: boolean;
}

/** The keys of all teams on both sides, by team and alias. */
export function pairKeys(before: readonly Team[], after: readonly Team[]): KeyPair[] {
  const [olds, news] = [placedKeys(before), placedKeys(after)];
  const successorOf = successorFinder(news, placeOf);
  const places = new Set(olds.map(placeOf));
  const kept = olds.map((old): KeyPair => {
    const next = successorOf(old);
    const isElsewhere = next !== undefined && placeOf(next) !== placeOf(old);
    return { before: old, after: next, isMerged: isElsewhere && places.has(placeOf(next)) };
  });
  const continued = new Set(kept.map((pair) => pair.after));
  const added = news.filter((placed) => !continued.has(placed));
  return [...kept, ...added.map((placed): KeyPair => ({ before: undefined, after: placed, isMerged: false }))].toSorted(
    inOrder,
  );
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

function placedKeys(teams: readonly Team[]): PlacedKey[] {
  return teams.flatMap((team) => team.virtual_keys.map((key) => ({ team, key })));
}

function placeOf({ team, key }: PlacedKey): string {
  return `${team.team_alias}\n${key.key_alias}`;
}

function inOrder(a: KeyPair, b: KeyPair): number {
  const [left, right] = [shownPlace(a), shownPlace(b)];
  if (left.team !== right.team) return left.team < right.team ? -1 : 1;
  if (left.alias !== right.alias) return left.alias < right.alias ? -1 : 1;
  return Number(a.isMerged) - Number(b.isMerged);
}
