import { budget, usd } from './print-money.ts';
import { beforeAfter, table, type Column } from './print-table.ts';
import { code } from './print-text.ts';
import type { Change, EnvironmentChange, KeyChange, Limits, TeamChange } from './plan.ts';

const WHAT_HAPPENS: Readonly<Record<Exclude<KeyChange['kind'], 'merged' | 'moved' | 'renamed' | 'rotating'>, string>> =
  {
    added: 'new',
    changed: 'changed',
    revoked: '**revoked**: refused from now on',
    rotated: 'its old secret is refused from now on',
  };

interface Limited {
  readonly limits: Change<Limits | undefined>;
}

/** What no row has a limit of has no column; where one has, the others say that they have none. */
function limitColumns(rows: readonly Limited[]): Column<Limited>[] {
  const rates = [
    { title: 'Requests a minute', field: 'rpm' },
    { title: 'Tokens a minute', field: 'tpm' },
  ] as const;
  const shown = rates.filter(({ field }) => rows.some(({ limits }) => hasAny(limits, field)));
  return [
    { title: 'Budget', cell: ({ limits }) => shownLimit(limits, budget) },
    ...shown.map(({ title, field }) => {
      return { title, cell: ({ limits }: Limited) => shownLimit(limits, (each) => amount(each[field])) };
    }),
  ];
}

/** The table of the teams that change: who pays, and how much at the most. */
export function teamTable(teams: readonly TeamChange[]): string {
  return table(teams, [
    { title: 'Team', cell: ({ team }) => code(team) },
    { title: 'What happens', cell: ({ limits }) => presence(limits) },
    ...limitColumns(teams),
    { title: 'Most in 30 days', cell: ({ ceiling }) => shownCeiling(ceiling) },
    { title: 'Models', cell: ({ limits }) => modelsOf(limits, 'all of the environment') },
  ]);
}

/** The table of the keys that change: a key is what a program shows to be let in. */
export function keyTable({ name, keys }: Pick<EnvironmentChange, 'name' | 'keys'>): string {
  return table(keys, [
    { title: 'Key', cell: ({ alias }) => code(alias) },
    { title: 'Team', cell: ({ team }) => code(team) },
    { title: 'What happens', cell: (change) => blockedOr(change.limits, whatHappens(change, name)) },
    ...limitColumns(keys),
    { title: 'Models', cell: ({ limits }) => modelsOf(limits, "all of the team's") },
    { title: 'Ends', cell: ({ kind, expires }) => (kind === 'revoked' ? '' : ends(expires)) },
  ]);
}

function whatHappens({ alias, kind, from }: KeyChange, environment: string): string {
  if (kind === 'rotating') {
    const end = `npm run key -- revoke --env ${environment} --alias ${alias} --oldest`;
    return `gets a second secret; the old one works until somebody runs ${code(end)}`;
  }
  if (kind === 'renamed') return `called ${code(from?.alias ?? '')} before, with the same secret`;
  if (kind !== 'moved' && kind !== 'merged') return WHAT_HAPPENS[kind];
  const old = `key ${code(from?.alias ?? '')} of team ${code(from?.team ?? '')}`;
  return kind === 'moved'
    ? `${old} before, with the same secret`
    : `takes the secret of ${old}, which is no key of its own any more`;
}

/** What all teams of the environment together may spend; empty where that stays. */
export function ceilingSentence({ name, kind, ceiling: { before, after } }: EnvironmentChange): string {
  const where = `the teams of ${code(name)} together`;
  if (kind === 'removed' || before === after) return '';
  if (after === undefined)
    return `**There is no limit any more to what ${where} may spend**, since a team has no budget.`;
  const most = `At the most, ${where} may spend **${usd(after)}** in 30 days`;
  if (kind === 'added') return `${most}.`;
  return before === undefined ? `${most}; until now there was no limit.` : `${most}; until now it was ${usd(before)}.`;
}

function presence({ before, after }: Limited['limits']): string {
  if (before === undefined) return 'new';
  if (after === undefined) return '**removed**';
  return blockedOr({ before, after }, 'changed');
}

function blockedOr({ before, after }: Limited['limits'], otherwise: string): string {
  if (after?.isBlocked === true && before?.isBlocked !== true) return '**blocked**: refused from now on';
  if (before?.isBlocked === true && after?.isBlocked === false) return 'no longer blocked';
  return otherwise;
}

function shownLimit({ before, after }: Limited['limits'], show: (limits: Limits) => string): string {
  return beforeAfter(before && show(before), after && show(after));
}

function hasAny({ before, after }: Limited['limits'], field: 'rpm' | 'tpm'): boolean {
  return before?.[field] !== undefined || after?.[field] !== undefined;
}

function amount(limit: number | undefined): string {
  return limit === undefined ? 'no limit' : limit.toLocaleString('en-US');
}

function shownCeiling({ before, after }: Change<number | undefined>): string {
  return beforeAfter(before === undefined ? undefined : usd(before), after === undefined ? undefined : usd(after));
}

function modelsOf({ before, after }: Limited['limits'], all: string): string {
  const show = ({ models }: Limits) => (models === undefined ? all : models.map(code).join(', '));
  if (before === undefined || after === undefined) return show(after ?? before ?? NOTHING);
  return beforeAfter(show(before), show(after));
}

const NOTHING = { models: undefined } as Limits;

function ends({ before, after }: KeyChange['expires']): string {
  if (before === undefined && after === undefined) return 'never';
  return beforeAfter(before === undefined ? undefined : code(before), after === undefined ? 'never' : code(after));
}
