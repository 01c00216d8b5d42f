import type { AccessChange, Caller, Change, EnvironmentChange, ModelChange, Price, ValueChange } from './plan.ts';
import { ceilingSentence, keyTable, teamTable } from './print-limits.ts';
import { budget, price } from './print-money.ts';
import { beforeAfter, table } from './print-table.ts';
import { code, counted, listed, plain } from './print-text.ts';

const MOST_LINES = 50;
const TOKENS_OF_CAPACITY = 1_000;

/** What one environment's people, models and money gain and lose, as Markdown; empty where that is nothing. */
export function printEnvironment(change: EnvironmentChange): string {
  if (!change.isReadable)
    return `The files of ${code(change.name)} have errors, so what changes for its people is not known yet. The errors stand below.`;
  if (change.kind === 'removed') return printRemoved(change);
  return [
    change.kind === 'added' ? `${code(change.name)} is a new environment: everything in it is new.` : '',
    part('Refused at once', 'What stops working at the moment that this is live:', refusedList(change)),
    part(
      'Perhaps refused at once',
      'Their budget is smaller or has to last longer, and what they have spent of it is not known here: who has spent more already is refused. `npm run plan -- --spend-url` asks the database.',
      perhapsList(change),
    ),
    part(
      'Models',
      'A model is a name that programs ask for; behind it stand the deployments that answer. Text is counted in tokens, which are pieces of words.',
      modelTable(change),
    ),
    part('In Azure', "What the environment's own Azure OpenAI account serves.", azureTable(change)),
    part('Teams', 'A team is who pays. Its limits hold for all of its keys together.', teamTable(change.teams)),
    ceilingSentence(change),
    part('Keys', 'A key is what a program shows to be let in; each belongs to a team.', keyTable(change)),
    part('New access', '', accessList(change)),
    part('Ending soon', 'A key that has ended is refused; rotate it before.', endingList(change)),
    part(
      'Versions',
      'What runs, as `release.yaml` names it. A digest is the checksum of the content.',
      pinTable(change.values),
    ),
    part('Settings', '', valueTable(change.values)),
  ]
    .filter((text) => text !== '')
    .join('\n\n');
}

/** Everything of it goes, so the tables would say the same thing many times. */
function printRemoved({ name, models, teams, keys }: EnvironmentChange): string {
  const parts = [counted(models.length, 'model'), counted(teams.length, 'team'), counted(keys.length, 'key')];
  const aliases = keys.slice(0, MOST_LINES).map(({ alias, team }) => `- key ${code(alias)} of team ${code(team)}`);
  return [
    `${code(name)} is removed, with ${listed(parts)}. Once what runs is deleted in Azure, these are refused:`,
    aliases.join('\n'),
  ]
    .filter((text) => text !== '')
    .join('\n\n');
}

function part(title: string, words: string, content: string): string {
  if (content === '') return '';
  return words === '' ? `**${title}**\n\n${content}` : `**${title}**: ${words}\n\n${content}`;
}

function modelTable({ models, renames }: EnvironmentChange): string {
  const newNames = new Set(renames.map(({ after }) => after));
  const rows = models.filter(({ model }) => !newNames.has(model));
  return table(rows, [
    { title: 'Model', cell: ({ model }) => code(model) },
    { title: 'What happens', cell: (change) => whatHappens(change, renames) },
    {
      title: 'Answered by',
      cell: ({ deployments: { before, after } }) => beforeAfter(before && names(before), after && names(after)),
    },
    {
      title: 'Price of a million tokens, in / out',
      cell: ({ prices: { before, after } }) => beforeAfter(before && shownPrices(before), after && shownPrices(after)),
    },
  ]);
}

function whatHappens({ model, deployments }: ModelChange, renames: readonly Change<string>[]): string {
  const rename = renames.find(({ before }) => before === model);
  if (rename !== undefined) return `**renamed**: programs must ask for ${code(rename.after)} from now on`;
  if (deployments.before === undefined) return 'new';
  return deployments.after === undefined ? '**removed**' : 'changed';
}

/** Once where all deployments cost the same, and else one by one, as they are named beside it. */
function shownPrices(prices: readonly (Price | undefined)[]): string {
  const shown = prices.map((each) => (each === undefined ? 'unknown' : price(each)));
  return new Set(shown).size === 1 ? (shown[0] ?? '') : shown.join(', ');
}

function names(deployments: readonly string[]): string {
  return deployments.map(code).join(', ');
}

function azureTable({ azureDeployments }: EnvironmentChange): string {
  return table(azureDeployments, [
    { title: 'Deployment', cell: ({ name }) => code(name) },
    {
      title: 'What happens',
      cell: ({ model: { before, after } }) =>
        before === undefined ? 'new' : after === undefined ? '**removed**' : 'changed',
    },
    {
      title: 'Model',
      cell: ({ model: { before, after } }) => beforeAfter(before && code(before), after && code(after)),
    },
    { title: 'Tokens a minute', cell: ({ capacity: { before, after } }) => beforeAfter(tokens(before), tokens(after)) },
  ]);
}

function tokens(capacity: number | undefined): string | undefined {
  return capacity === undefined ? undefined : (capacity * TOKENS_OF_CAPACITY).toLocaleString('en-US');
}

function refusedList({ refused }: EnvironmentChange): string {
  return list(refused.map((each) => `${caller(each)} ${plain(each.reason)}`));
}

function perhapsList({ perhapsRefused }: EnvironmentChange): string {
  return list(
    perhapsRefused.map(
      (each) => `${caller(each)}: ${budget(each.before)} until now, ${budget(each.after)} from now on`,
    ),
  );
}

/**
 * One line for each who gains models. Who loses one is refused and stands above; what is new or renamed has a row that
 * says so.
 */
function accessList({ kind, access, keys, teams, renames }: EnvironmentChange): string {
  const isNew = ({ team, key, model }: AccessChange) =>
    renames.some(({ after }) => after === model) ||
    teams.some((change) => change.team === team && change.limits.before === undefined) ||
    keys.some((change) => change.team === team && change.alias === key && change.kind === 'added');
  const gains = kind === 'added' ? [] : access.filter((entry) => entry.kind === 'gains' && !isNew(entry));
  const groups = Map.groupBy(gains, caller);
  return list([...groups].map(([who, group]) => `${who} may use ${listed(group.map(({ model }) => code(model)))}`));
}

function caller({ team, key }: Caller): string {
  return key === undefined ? `team ${code(team)}` : `key ${code(key)} of team ${code(team)}`;
}

function endingList({ ending }: EnvironmentChange): string {
  return list(
    ending.map(
      ({ alias, team, days }) =>
        `key ${code(alias)} of team ${code(team)} ends ${days < 1 ? 'within a day' : `in ${counted(days, 'day')}`}`,
    ),
  );
}

function valueTable(values: readonly ValueChange[]): string {
  return table(
    values.filter(({ path }) => !PIN.test(path)),
    [
      { title: 'Setting', cell: ({ path }) => code(path) },
      { title: 'Before', cell: ({ before }) => (before === undefined ? 'not set' : code(before)) },
      { title: 'After', cell: ({ after }) => (after === undefined ? 'not set' : code(after)) },
      { title: 'File', cell: ({ file }) => code(file) },
    ],
  );
}

const PIN = /^(images|charts)\.(\w+)\.(version|digest|commit)$/;

/** One row for each image and chart, since their digests are too long for a row each. */
function pinTable(values: readonly ValueChange[]): string {
  const pins = Map.groupBy(
    values.filter(({ path }) => PIN.test(path)),
    ({ path }) => path.slice(0, path.lastIndexOf('.')),
  );
  const cell = (field: string) => (pin: readonly ValueChange[]) => {
    const value = pin.find(({ path }) => path.endsWith(`.${field}`));
    return value === undefined ? '' : beforeAfter(shownPin(value.before), shownPin(value.after));
  };
  return table(
    [...pins].map(([name, changes]) => ({ name, changes })),
    [
      {
        title: 'What',
        cell: ({ name }) => `${name.startsWith('charts.') ? 'chart' : 'image'} ${code(name.replace(/^\w+\./, ''))}`,
      },
      { title: 'Version', cell: ({ changes }) => cell('version')(changes) || 'the same' },
      { title: 'Digest', cell: ({ changes }) => cell('digest')(changes) },
      { title: 'Commit', cell: ({ changes }) => cell('commit')(changes) },
    ],
  );
}

function shownPin(value: string | undefined): string | undefined {
  return value === undefined ? undefined : code(value.replace(/^(sha256:)?([0-9a-f]{10})[0-9a-f]{30,}$/, '$2…'));
}

function list(lines: readonly string[]): string {
  const left = lines.length - MOST_LINES;
  const more = left > 0 ? [`- and ${left.toLocaleString('en-US')} more`] : [];
  return [...lines.slice(0, MOST_LINES).map((line) => `- ${line}`), ...more].join('\n');
}
