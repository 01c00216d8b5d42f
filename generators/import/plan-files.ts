import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, parseDocument } from 'yaml';
import { LOCAL_ENVIRONMENT } from '../../environments/schema/check-settings.ts';
import { readEnvironmentFiles, type EnvironmentFiles } from '../../environments/schema/environment-files.ts';
import { environmentNames } from '../../environments/schema/load-environment.ts';
import type { Models } from '../../environments/schema/model.ts';
import type { Team } from '../../environments/schema/team.ts';
import { valueAt } from '../../environments/schema/value-at.ts';
import { flowText } from '../edit-yaml/flow-text.ts';
import { ENVIRONMENTS_FOLDER } from '../command-line/environments-folder.ts';
import { Refusal } from '../command-line/refusal.ts';
import { freeAddressSpace } from '../new/free-address-space.ts';
import { randomSuffix } from '../new/random-suffix.ts';
import { modelsText, settingsText, teamText } from './authored-texts.ts';
import { editSettingsText, settingsChanges } from './settings-changes.ts';
import type { Findings } from './findings.ts';
import type { GatewayPart } from './translate-settings.ts';

/** A file of an environment with its text before and after; `before` is undefined where there is none. */
export interface PlannedFile {
  /** From the repository's folder, such as `environments/dev/models.yaml`. */
  readonly path: string;
  readonly before: string | undefined;
  readonly text: string;
}

export interface TranslatedEnvironment {
  readonly name: string;
  readonly models: Models;
  readonly gateway: GatewayPart;
  readonly teams: readonly Team[];
}

/** The files that an import writes: those whose text would be the same are left out. */
export function planFiles(translated: TranslatedEnvironment, findings: Findings): PlannedFile[] {
  const { name, models, teams } = translated;
  const folder = join(ENVIRONMENTS_FOLDER, name);
  const settings = join(folder, 'environment.yaml');
  const files = [
    ...(existsSync(settings)
      ? [[settings, editedSettings(readFileSync(settings, 'utf8'), translated, findings)] as const]
      : freshFiles(folder, translated, findings)),
    [join(folder, 'models.yaml'), modelsText(models)] as const,
    ...teams.map((team) => [join(folder, 'keys', `${team.team_alias}.yaml`), teamText(team)] as const),
  ];
  return files
    .map(([path, text]) => ({ path, text, before: existsSync(path) ? readFileSync(path, 'utf8') : undefined }))
    .filter(({ text, before }) => text !== before);
}

/** `local` runs on one machine with a database of its own, whatever LiteLLM had. */
function editedSettings(text: string, { name, gateway }: TranslatedEnvironment, findings: Findings): string {
  if (name === LOCAL_ENVIRONMENT) {
    findings.notes.push('local keeps its environment.yaml: it needs no server on this machine');
    return text;
  }
  const { errors, contents } = parseDocument(text);
  const isReadable = errors.length === 0 && isMap(contents) && isMap(contents.get('gateway'));
  if (!isReadable)
    throw new Refusal(
      `mend ${ENVIRONMENTS_FOLDER}/${name}/environment.yaml first: npm run check:environments tells what is wrong`,
    );
  const changes = settingsChanges(text, gateway);
  for (const { path, before, after } of changes) {
    const was = before === undefined ? 'was not there' : `was ${flowText(before)}`;
    findings.notes.push(`environment.yaml: ${path.join('.')} is ${flowText(after)}, it ${was}`);
  }
  return editSettingsText(text, changes);
}

/** A folder that is not there yet takes its pins and whom to ask from the first environment that has them. */
function freshFiles(folder: string, { name, gateway }: TranslatedEnvironment, findings: Findings): [string, string][] {
  const others = environmentNames(ENVIRONMENTS_FOLDER)
    .filter((other) => other !== LOCAL_ENVIRONMENT && other !== name)
    .map((other) => readEnvironmentFiles(join(ENVIRONMENTS_FOLDER, other)));
  const [model] = others.filter(({ release }) => release.value !== undefined);
  const text = settingsText({
    name,
    nameSuffix: randomSuffix(),
    repository: valueAt(model?.settings.input, ['repository']),
    certificates: valueAt(model?.settings.input, ['certificates']),
    addressSpace: chooseAddressSpace(others),
    gateway,
  });
  findings.notes.push(`environment.yaml is new: write host_names and dns before it is deployed`);
  if (model === undefined) return [[join(folder, 'environment.yaml'), text]];
  findings.notes.push(`release.yaml, repository and certificates are those of ${model.name}`);
  return [
    [join(folder, 'environment.yaml'), text],
    [join(folder, 'release.yaml'), model.release.text],
  ];
}

function chooseAddressSpace(others: readonly EnvironmentFiles[]): string {
  const space = freeAddressSpace(others.flatMap(({ settings }) => settings.value?.network.address_space ?? []));
  if (space !== undefined) return space;
  throw new Refusal(
    'no /16 from 10.30.0.0 to 10.99.0.0 is free: make the environment first, with npm run new -- environment',
  );
}
