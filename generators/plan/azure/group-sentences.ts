import type { ResourceChange } from '../plan.ts';
import { listed } from '../print-text.ts';
import { contentsOf } from './contents-of.ts';
import { kindOf } from './resource-kinds.ts';

/** What is said of one resource, or of many at once. */
export interface Sentence {
  /** A clause without a full stop, which begins with a capital. */
  readonly says: string;
  readonly effects: readonly string[];
}

const MOST_ALONE = 3;
const MOST_NAMED = 3;

/**
 * Sentences on resources, in their order: each has its own, but where more than three of one type come, go or change in
 * the same way one sentence is for all of them, and one is for whatever comes or goes with others. What a reviewer must
 * not overlook is never put together.
 */
export function groupSentences(resources: readonly ResourceChange[]): Sentence[] {
  const whole = resources.filter(({ isPart }) => !isPart);
  const groups = Map.groupBy(whole, (resource) =>
    resource.dangers.length > 0 ? resource.id : JSON.stringify([resource.kind, resource.type, resource.values]),
  );
  return [
    ...[...groups.values()].flatMap((group) => (group.length > MOST_ALONE ? [together(group)] : group.map(alone))),
    ...parts(resources, 'removed', 'With what is taken out'),
    ...parts(resources, 'added', 'With what is new'),
  ];
}

function parts(resources: readonly ResourceChange[], kind: ResourceChange['kind'], start: string): Sentence[] {
  const found = resources.filter((resource) => resource.isPart && resource.kind === kind);
  if (found.length === 0) return [];
  return [
    { says: `${start} ${kind === 'added' ? 'comes' : 'goes'} what belongs to it: ${contentsOf(found)}`, effects: [] },
  ];
}

function alone({ says, effects }: ResourceChange): Sentence {
  return { says: `${says.charAt(0).toUpperCase()}${says.slice(1)}`, effects };
}

function together(group: readonly ResourceChange[]): Sentence {
  const [first] = group;
  const { nouns } = kindOf(first?.type ?? '');
  const names = group.slice(0, MOST_NAMED).map(({ name }) => name);
  const left = group.length - names.length;
  const shown = listed(left > 0 ? [...names, `${left} more`] : names);
  const happens = {
    added: 'are new',
    removed: 'are taken out',
    changed: 'change in the same way',
  }[first?.kind ?? 'changed'];
  return {
    says: `${group.length.toLocaleString('en-US')} ${nouns} ${happens}: ${shown}`,
    effects: first?.effects ?? [],
  };
}
