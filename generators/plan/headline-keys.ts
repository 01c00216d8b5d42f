import { isDeepStrictEqual } from 'node:util';
import { counted, shownName, shownNames } from './headline-names.ts';
import type { EnvironmentChange, KeyChange, Limits } from './plan.ts';
import { shortBudget } from './headline-money.ts';

const KEY_WORDS: readonly { words: string; alone?: string; isSo: (key: KeyChange) => boolean }[] = [
  { words: 'added', isSo: ({ kind }) => kind === 'added' },
  { words: 'revoked', isSo: ({ kind }) => kind === 'revoked' },
  { words: 'moved to another team', isSo: ({ kind }) => kind === 'moved' },
  { words: 'merged with another', isSo: ({ kind }) => kind === 'merged' },
  { words: 'renamed', isSo: ({ kind }) => kind === 'renamed' },
  {
    words: 'in rotation',
    alone: 'gets a second secret, and its old one works on',
    isSo: ({ kind }) => kind === 'rotating',
  },
  { words: 'rotated', alone: 'no longer works with its old secret', isSo: ({ kind }) => kind === 'rotated' },
  { words: 'blocked', isSo: (key) => whatChanges(key) === 'blocked' },
  { words: 'with other limits', isSo: (key) => whatChanges(key) === 'limits' },
  { words: 'with other models', isSo: (key) => whatChanges(key) === 'models' },
  { words: 'with another end', isSo: (key) => whatChanges(key) === 'end' },
];

/** What weighs most of all that changes in a key that was there and stays. */
function whatChanges({ kind, limits }: KeyChange): 'blocked' | 'limits' | 'models' | 'end' | undefined {
  if (kind !== 'changed') return undefined;
  if (isBlockedNow(limits)) return 'blocked';
  const { before, after } = limits;
  const isEqual = (side: keyof Limits) => isDeepStrictEqual(before?.[side], after?.[side]);
  if (!(['maxBudget', 'budgetDuration', 'rpm', 'tpm', 'isBlocked'] as const).every(isEqual)) return 'limits';
  return isEqual('models') ? 'end' : 'models';
}

/** `2 keys added, 1 revoked, 1 ends in 9 days`: the noun stands once. One key alone is called by its name. */
export function keyClauses({ keys: all, ending, renames }: EnvironmentChange): string[] {
  const keys = all.filter((key) => !isOnlyRenamed(key, renames));
  const [key] = keys;
  if (key === undefined || keys.length === 1) return [...(key === undefined ? [] : oneKey(key)), ...oneEnding(ending)];
  const counts = [
    ...KEY_WORDS.map(({ words, isSo }) => ({ words, count: keys.filter(isSo).length })),
    { words: endingWords(ending), count: ending.length },
  ].filter(({ count }) => count > 0);
  return [
    counts.map(({ count, words }, index) => `${index === 0 ? counted(count, 'key') : count} ${words}`).join(', '),
  ];
}

/** A key that has the same models by their new names goes on as before, and the rename is told already. */
function isOnlyRenamed({ kind, limits: { before, after }, expires }: KeyChange, renames: EnvironmentChange['renames']) {
  if (renames.length === 0 || kind !== 'changed' || before === undefined || after === undefined) return false;
  const newName = (model: string) => renames.find((rename) => rename.before === model)?.after ?? model;
  const renamed = { ...before, models: before.models?.map(newName).toSorted() };
  return isDeepStrictEqual(renamed, after) && isSameEnd({ expires });
}

function oneKey(key: KeyChange): string[] {
  if (key.from !== undefined) return [elsewhere(key, key.from)];
  const found = KEY_WORDS.find(({ isSo }) => isSo(key));
  if (found === undefined) return [];
  const shown = `key ${shownName(key.alias)} of ${shownName(key.team)}`;
  const { before, after } = key.limits;
  if (before !== undefined && after !== undefined && hasOnlyOtherBudget(key))
    return [`the budget of ${shown} goes from ${shortBudget(before)} to ${shortBudget(after)}`];
  const verb = found.words.startsWith('with ') ? 'goes on' : 'is';
  return [`${shown} ${found.alone ?? `${verb} ${found.words}`}`];
}

function hasOnlyOtherBudget(key: KeyChange): boolean {
  const { before, after } = key.limits;
  const isSameElse = before?.isBlocked === after?.isBlocked && isDeepStrictEqual(before?.models, after?.models);
  return whatChanges(key) === 'limits' && isSameElse && !hasOtherRates(key.limits) && isSameEnd(key);
}

function isSameEnd({ expires }: Pick<KeyChange, 'expires'>): boolean {
  return expires.before === expires.after;
}

function elsewhere({ alias, team, kind }: KeyChange, from: { alias: string; team: string }): string {
  const was = `key ${shownName(from.alias)} of ${shownName(from.team)}`;
  if (kind === 'merged') return `${was} becomes one with key ${shownName(alias)} of ${shownName(team)}`;
  if (kind === 'renamed') return `${was} is called ${shownName(alias)} from now on`;
  return `${was} moves to team ${shownName(team)}${alias === from.alias ? '' : ` as ${shownName(alias)}`}`;
}

function oneEnding(ending: EnvironmentChange['ending']): string[] {
  const [first] = ending;
  if (first === undefined) return [];
  return [
    `${ending.length === 1 ? `key ${shownName(first.alias)}` : counted(ending.length, 'key')} ${endingWords(ending)}`,
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
    ...teamClause(
      named(({ before, after }) => before?.isBlocked === true && after?.isBlocked === false),
      'no longer blocked',
    ),
    ...teamClause(named(hasOtherRates), 'held to other rate limits'),
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

function hasOtherRates({ before, after }: BothLimits): boolean {
  if (before === undefined || after === undefined) return false;
  return before.rpm !== after.rpm || before.tpm !== after.tpm;
}

function endingWords(ending: EnvironmentChange['ending']): string {
  const [first] = ending;
  if (first === undefined) return '';
  const soonest = `in ${counted(first.days, 'day')}`;
  return ending.length === 1 ? `ends ${soonest}` : `end within 30 days, the first ${soonest}`;
}
