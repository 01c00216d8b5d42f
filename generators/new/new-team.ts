import { join } from 'node:path';
import { describeIssues } from '../../environments/schema/describe-issue.ts';
import type { EnvironmentFiles } from '../../environments/schema/environment-files.ts';
import { Team } from '../../environments/schema/team.ts';
import { ENVIRONMENTS_FOLDER, openEnvironment } from '../command-line/environments-folder.ts';
import { listOption, numberOption, readOptions, requireOption, type Options } from '../command-line/read-options.ts';
import { Refusal } from '../command-line/refusal.ts';
import type { Edits } from '../save-edits.ts';
import { saveOrShow } from './save-or-show.ts';
import { teamText } from './team-text.ts';

const HELP = `Writes the file of a new team: who pays, for which models, and how much.

  npm run new -- team --env dev --alias research --owners research@example.com --models gpt-5.4-mini --max-budget 500 --budget-duration 1mo

  --env NAME              the environment, a folder of environments/
  --alias ALIAS           the team's name, and that of its file
  --owners A,B            whom to ask: mail addresses or GitHub teams
  --models A,B            what its keys may use at most
  --max-budget USD        what it may spend in each --budget-duration
  --budget-duration TIME  such as 30d or 1mo
  --rpm-limit N           requests per minute
  --tpm-limit N           tokens per minute
  --dry-run               writes nothing, and shows the lines`;

const NAMES = ['env', 'alias', 'owners', 'models', 'max-budget', 'budget-duration', 'rpm-limit', 'tpm-limit'];
const OPTIONS = {
  ...Object.fromEntries(NAMES.map((name) => [name, { type: 'string' as const }])),
  'dry-run': { type: 'boolean' as const },
};

/** `npm run new -- team`. Throws a Refusal. */
export function newTeam(args: string[]): void {
  const options = readOptions(args, OPTIONS, HELP);
  if (options === undefined) return;
  const environment = openEnvironment(requireOption(options, 'env'));
  const alias = requireOption(options, 'alias');
  const edits = addTeam(environment, requestedTeam(options, alias));
  if (!saveOrShow(edits, options['dry-run'] === true)) return;
  console.log(`Team ${alias} is in ${[...edits.keys()].join(', ')}. Next:
  npm run key -- new --env ${environment.name} --team ${alias} --alias ${alias}-api --expires YYYY-MM-DD
  npm run render`);
}

/** The file of a new team, as an edit that nothing has checked against the models yet. Throws a Refusal. */
export function addTeam({ name, teams }: EnvironmentFiles, written: Readonly<Record<string, unknown>>): Edits {
  const result = Team.safeParse(written);
  if (!result.success) {
    const findings = describeIssues(result.error.issues, written, Team);
    throw new Refusal(findings.map(({ message }) => message).join('\n'));
  }
  const file = join(ENVIRONMENTS_FOLDER, name, 'keys', `${result.data.team_alias}.yaml`);
  if (teams.some((team) => team.file === file))
    throw new Refusal(`team ${result.data.team_alias} exists already: ${file}`);
  return new Map([[file, teamText(result.data)]]);
}

function requestedTeam(options: Options, alias: string): Record<string, unknown> {
  const written = {
    team_alias: alias,
    owners: listOption(options, 'owners'),
    models: listOption(options, 'models'),
    max_budget: numberOption(options, 'max-budget'),
    budget_duration: options['budget-duration'],
    rpm_limit: numberOption(options, 'rpm-limit'),
    tpm_limit: numberOption(options, 'tpm-limit'),
    virtual_keys: [],
  };
  return Object.fromEntries(Object.entries(written).filter(([, value]) => value !== undefined));
}
