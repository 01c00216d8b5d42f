import { counted, shownNames } from './headline-names.ts';
import type { EnvironmentChange, KeyChange, Limits } from './plan.ts';

const KEY_WORDS: readonly { kind: KeyChange['kind']; words: string }[] = [
  { kind: 'added', words: 'added' },
  { kind: 'revoked', words: 'revoked' },
  { kind: 'rotating', words: 'in rotation' },
  { kind: 'rotated', words: 'rotated' },
];

/** `2 keys added, 1 revoked, 1 ends in 9 days`: the noun stands once. */
export function keyClauses({ keys, ending }: EnvironmentChange): string[] {
  const changed = keys.filter(({ kind }) => kind === 'changed');
  const blocked = changed.filter(({ limits }) => isBlockedNow(limits));
  const counts = [
    ...KEY_WORDS.map(({ kind, words }) => ({ count: keys.filter((key) => key.kind === kind).length, words })),
    { count: blocked.length, words: 'blocked' },
    { count: changed.length - blocked.length, words: 'with other limits' },
    { count: ending.length, words: endingWords(ending) },
  ].filter(({ count }) => count > 0);
  if (counts.length === 0) return [];
  return [
    counts.map(({ count, words }, index) => `${index === 0 ? counted(count, 'key') : count} ${words}`).join(', '),
  ];
}

/** Teams that come, go, are blocked, or have other limits than a budget and models, which are told elsewhere. */
export function teamClauses({ teams }: EnvironmentChange): string[] {
  const named = (isSo: (limits: EnvironmentChange['teams'][number]['limits']) => boolean) =>
    teams.filter(({ limits }) => isSo(limits)).map(({ team }) => team);
  return [
    ...teamClause(
      named(({ before }) => before === undefined),
      'added',
    ),
    ...teamClause(
      named(({ after }) => after === undefined),
      'removed',
    ),
    ...teamClause(named(isBlockedNow), 'blocked'),
    ...teamClause(named(isSlower), 'held to other rate limits'),
  ];
}

function teamClause(teams: readonly string[], words: string): string[] {
  if (teams.length === 0) return [];
  return [teams.length === 1 ? `team ${shownNames(teams)} is ${words}` : `teams ${shownNames(teams)} are ${words}`];
}

interface BothLimits {
  readonly before: Limits | undefined;
  readonly after: Limits | undefined;
}

function isBlockedNow({ before, after }: BothLimits): boolean {
  return before?.isBlocked === false && after?.isBlocked === true;
}

function isSlower({ before, after }: BothLimits): boolean {
  if (before === undefined || after === undefined) return false;
  return before.rpm !== after.rpm || before.tpm !== after.tpm;
}

function endingWords(ending: EnvironmentChange['ending']): string {
  const [first] = ending;
  if (first === undefined) return '';
  const soonest = `in ${counted(first.days, 'day')}`;
  return ending.length === 1 ? `ends ${soonest}` : `end within 30 days, the first ${soonest}`;
}
