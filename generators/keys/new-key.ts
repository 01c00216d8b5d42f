import { describeIssues } from '../../environments/schema/describe-issue.ts';
import { hashKey, makeKey } from '../../environments/schema/key-format.ts';
import { VirtualKey } from '../../environments/schema/virtual-key.ts';
import { appendItem } from '../edit-yaml/edit-list.ts';
import { saveEdits } from '../save-edits.ts';
import { openEnvironment, openTeam } from '../command-line/environments-folder.ts';
import { keyNode } from './key-node.ts';
import { listOption, numberOption, readOptions, requireOption, type Options } from '../command-line/read-options.ts';
import { Refusal } from '../command-line/refusal.ts';
import { showKey } from './show-key.ts';
import { requireSound } from '../command-line/require-sound.ts';

const HELP = `Makes a virtual key, shows it once, and writes its hash into the team's file.

  npm run key -- new --env local --team demo --alias mine

  --env NAME              the environment, a folder of environments/
  --team ALIAS            who pays: environments/<env>/keys/<team>.yaml
  --alias ALIAS           the key's name, unique in the environment
  --models A,B            what it may use; left out: all that the team may
  --max-budget USD        what it may spend in each --budget-duration
  --budget-duration TIME  such as 30d or 1mo; left out: the budget is for good
  --rpm-limit N           requests per minute
  --tpm-limit N           tokens per minute
  --expires DAY           such as 2027-06-30: it ends as that day begins (UTC)`;

const NAMES = ['env', 'team', 'alias', 'models', 'max-budget', 'budget-duration', 'rpm-limit', 'tpm-limit', 'expires'];
const OPTIONS = Object.fromEntries(NAMES.map((name) => [name, { type: 'string' as const }]));

/** `npm run key -- new`. Throws a Refusal. */
export function newKey(args: string[]): void {
  const options = readOptions(args, OPTIONS, HELP);
  if (options === undefined) return;
  const environment = openEnvironment(requireOption(options, 'env'));
  const team = openTeam(environment, requireOption(options, 'team'));
  requireSound(team);
  const secret = makeKey();
  const key = describeKey(options, `sha256:${hashKey(secret)}`);
  saveEdits(new Map([[team.file, appendItem(team.text, ['virtual_keys'], keyNode(key))]]));
  const title = `Key ${key.key_alias} of team ${String(options['team'])} in ${environment.name}`;
  showKey(secret, { title, file: team.file, environment: environment.name });
}

function describeKey(options: Options, hash: string): VirtualKey {
  const written = {
    key_alias: requireOption(options, 'alias'),
    models: listOption(options, 'models'),
    max_budget: numberOption(options, 'max-budget'),
    budget_duration: options['budget-duration'],
    rpm_limit: numberOption(options, 'rpm-limit'),
    tpm_limit: numberOption(options, 'tpm-limit'),
    expires: options['expires'],
    hashes: [hash],
  };
  const given = Object.fromEntries(Object.entries(written).filter(([, value]) => value !== undefined));
  const key = VirtualKey.safeParse(given);
  if (key.success) return key.data;
  const findings = describeIssues(key.error.issues, given, VirtualKey);
  throw new Refusal(findings.map(({ message }) => message).join('\n'));
}
