import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { checkCollisions } from '../../environments/schema/check-collisions.ts';
import { LOCAL_ENVIRONMENT } from '../../environments/schema/check-settings.ts';
import { readEnvironmentFiles, type EnvironmentFiles } from '../../environments/schema/environment-files.ts';
import { EnvironmentSettings } from '../../environments/schema/environment-settings.ts';
import { EnvironmentName } from '../../environments/schema/identifiers.ts';
import { environmentNames } from '../../environments/schema/load-environment.ts';
import { parseYaml } from '../../environments/schema/parse-yaml.ts';
import { ENVIRONMENTS_FOLDER, openEnvironment } from '../command-line/environments-folder.ts';
import { readOptions, requireOption, type Options } from '../command-line/read-options.ts';
import { Refusal } from '../command-line/refusal.ts';
import { requireSound } from '../command-line/require-sound.ts';
import { writeFolder, type Edits } from '../save-edits.ts';
import { freeAddressSpace } from './free-address-space.ts';
import { randomSuffix } from './random-suffix.ts';
import { saveOrShow } from './save-or-show.ts';
import { scaffoldEnvironment, type EnvironmentRequest } from './scaffold-environment.ts';
import { SIZES } from './size-presets.ts';

const HELP = `Makes another environment from the files of one that exists: its models, its pins and its teams, without their keys.
Names, addresses and host names are its own; ids that Azure gives are unset again.

  npm run new -- environment staging --from dev

  --from NAME               the environment that is copied
  --location REGION         such as swedencentral; left out: that of the other
  --domain DOMAIN           example.com for llm.staging.example.com; left out: that of the other
  --size small|production   sizes and zones of nodes, Postgres and Redis; left out: those of the other
  --address-space RANGE     left out: the first free /16 from 10.30.0.0
  --name-suffix TEXT        ends the names that are unique in all of Azure; left out: made up
  --dry-run                 writes nothing, and shows the lines`;

const NAMES = ['from', 'location', 'domain', 'size', 'address-space', 'name-suffix'];
const OPTIONS = {
  ...Object.fromEntries(NAMES.map((name) => [name, { type: 'string' as const }])),
  'dry-run': { type: 'boolean' as const },
};

/** `npm run new -- environment NAME`. Throws a Refusal. */
export function newEnvironment([first = '', ...rest]: string[]): void {
  const hasName = first !== '' && !first.startsWith('-');
  const options = readOptions(hasName ? rest : [first, ...rest].filter((arg) => arg !== ''), OPTIONS, HELP);
  if (options === undefined) return;
  if (!hasName) throw new Refusal('the name is missing: npm run new -- environment NAME --from dev; see --help');
  const folder = requireFree(first);
  const from = requireOption(options, 'from');
  const { files, settings } = openSource(from);
  const request = readRequest(first, options);
  const edits = scaffoldEnvironment(files, settings, request);
  refuseCollisions(files, request.name, edits);
  if (!saveOrShow(edits, options['dry-run'] === true, () => writeFolder(folder, edits))) return;
  console.log(describeEnvironment(request, from, edits));
}

function requireFree(name: string): string {
  const result = EnvironmentName.safeParse(name);
  if (!result.success) throw new Refusal(`name is ${JSON.stringify(name)}: ${result.error.issues[0]?.message}`);
  const folder = join(ENVIRONMENTS_FOLDER, name);
  if (existsSync(folder)) throw new Refusal(`${folder} exists already: choose another name`);
  return folder;
}

function openSource(name: string): { files: EnvironmentFiles; settings: EnvironmentSettings } {
  const files = openEnvironment(name);
  if (name === LOCAL_ENVIRONMENT)
    throw new Refusal(`${name} has neither a network nor host names: copy another, such as --from dev`);
  for (const file of [files.settings, files.models, files.release, ...files.teams]) requireSound(file);
  const settings = files.settings.value;
  if (settings === undefined) throw new Refusal(`${files.settings.file} cannot be read: mend it first`);
  return { files, settings };
}

function readRequest(name: string, options: Options): EnvironmentRequest {
  // A workflow passes what nobody filled in as an empty text.
  const text = (option: string) =>
    typeof options[option] === 'string' && options[option] !== '' ? options[option] : undefined;
  const size = text('size');
  if (size !== undefined && !Object.hasOwn(SIZES, size))
    throw new Refusal(`--size is ${JSON.stringify(size)}: use ${Object.keys(SIZES).join(' or ')}`);
  return {
    name,
    nameSuffix: text('name-suffix') ?? randomSuffix(),
    addressSpace: text('address-space') ?? chooseAddressSpace(),
    location: text('location'),
    domain: text('domain'),
    size,
  };
}

/** The check would tell some of these at the environment that was there first, which is not the one to change. */
function refuseCollisions(source: EnvironmentFiles, name: string, edits: Edits): void {
  const file = join(ENVIRONMENTS_FOLDER, name, 'environment.yaml');
  const settings = parseYaml(edits.get(file) ?? '', file, EnvironmentSettings);
  const found = checkCollisions([...presentEnvironments(), { ...source, name, settings }]);
  const problems = found.filter((problem) => problem.file === file);
  const findings = problems.map(({ message }) => `${file}: ${message}`);
  if (findings.length > 0) throw new Refusal(['nothing is written:', ...findings].join('\n  '), { problems });
}

function presentEnvironments(): EnvironmentFiles[] {
  return environmentNames(ENVIRONMENTS_FOLDER)
    .filter((name) => name !== LOCAL_ENVIRONMENT)
    .map((name) => readEnvironmentFiles(join(ENVIRONMENTS_FOLDER, name)));
}

function chooseAddressSpace(): string {
  const others = presentEnvironments().map(({ settings }) => settings);
  for (const settings of others) requireSound(settings);
  const space = freeAddressSpace(others.flatMap(({ value }) => value?.network.address_space ?? []));
  if (space !== undefined) return space;
  throw new Refusal('every /16 from 10.30.0.0 to 10.99.0.0 is taken: write --address-space with a free private range');
}

function describeEnvironment(
  { name, addressSpace, nameSuffix }: EnvironmentRequest,
  from: string,
  edits: Edits,
): string {
  const teams = [...edits.keys()].filter((file) => file.includes('/keys/')).map((file) => basename(file, '.yaml'));
  const [team = ''] = teams;
  return `${join(ENVIRONMENTS_FOLDER, name)} is made from ${from}:
  environment.yaml  network ${addressSpace}, name_suffix ${nameSuffix}
  models.yaml       as in ${from}
  release.yaml      the pins of ${from}
  keys/             ${teams.join(', ')}, without keys: each belongs to one environment

Next:
  npm run key -- new --env ${name} --team ${team} --alias ${team}-api --expires YYYY-MM-DD
  npm run render
and one pull request with environments/${name} and dist/${name}. Ids stay unset until a deployment or a sign-up tells them.`;
}
