import { daysUntil } from '../../environments/schema/check-expiry.ts';
import { environmentNames } from '../../environments/schema/load-environment.ts';
import { formatProblem } from '../../environments/schema/parse-yaml.ts';
import type { VirtualKey } from '../../environments/schema/virtual-key.ts';
import { ENVIRONMENTS_FOLDER, openEnvironment } from '../command-line/environments-folder.ts';
import { readOptions } from '../command-line/read-options.ts';
import { refuseEmpty } from '../command-line/refuse-empty.ts';

const HELP = `Shows every key with its team, models, budget, end and the beginning of its hashes.

  npm run key -- list
  npm run key -- list --env dev`;

const HEADER = ['ENVIRONMENT', 'TEAM', 'KEY', 'MODELS', 'BUDGET', 'ENDS', 'HASHES'];
const SHOWN_HASH_DIGITS = 8;

/** `npm run key -- list`. Throws a Refusal. */
export function listKeys(args: string[]): void {
  const options = readOptions(args, { env: { type: 'string' } }, HELP);
  if (options === undefined) return;
  refuseEmpty(options);
  const only = options['env'];
  const names = typeof only === 'string' ? [only] : environmentNames(ENVIRONMENTS_FOLDER);
  const teams = names.flatMap((name) => openEnvironment(name).teams.map((team) => ({ name, team })));
  const now = new Date();
  const rows = teams.flatMap(({ name, team: { value } }) =>
    (value?.virtual_keys ?? []).map((key) => [name, value?.team_alias ?? '', ...describeKey(key, now)]),
  );
  console.log(formatTable([HEADER, ...rows]));
  for (const { team } of teams) for (const problem of team.problems) console.error(formatProblem(problem));
}

function describeKey(key: VirtualKey, now: Date): string[] {
  const models = key.models?.join(', ') ?? 'all of the team';
  const hashes = key.hashes.map((hash) => hash.slice('sha256:'.length).slice(0, SHOWN_HASH_DIGITS)).join(', ');
  const alias = key.blocked === true ? `${key.key_alias} (blocked)` : key.key_alias;
  return [alias, models, describeBudget(key), describeEnd(key.expires, now), hashes];
}

function describeBudget({ max_budget: budget, budget_duration: duration }: VirtualKey): string {
  if (budget === undefined) return '-';
  return duration === undefined ? `${budget} USD` : `${budget} USD per ${duration}`;
}

function describeEnd(expires: string | undefined, now: Date): string {
  if (expires === undefined) return 'never';
  const days = Math.ceil(daysUntil(expires, now));
  return days > 0 ? `${expires} (${days} ${days === 1 ? 'day' : 'days'})` : `${expires} (ended)`;
}

function formatTable(rows: readonly (readonly string[])[]): string {
  const widths = HEADER.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
