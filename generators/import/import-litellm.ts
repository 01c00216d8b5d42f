import { hashKey } from '../../environments/schema/key-format.ts';
import { referencedVariable } from '../../environments/schema/identifiers.ts';
import type { Problem } from '../../environments/schema/parse-yaml.ts';
import { openEnvironment } from '../command-line/environments-folder.ts';
import { Refusal } from '../command-line/refusal.ts';
import { referencedVariables } from '../resolve-gateway-config.ts';
import { checkPlannedFiles, refuseSecrets } from './check-files.ts';
import { TABLE_ADVICE } from './column-advice.ts';
import { newFindings, type Findings } from './findings.ts';
import { planFiles, type PlannedFile } from './plan-files.ts';
import { readConfig, type LitellmConfig } from './read-config.ts';
import { readDatabase } from './read-database.ts';
import type { ImportOptions } from './read-import-options.ts';
import { referToSecrets } from './refer-to-secrets.ts';
import { translateDatabase } from './translate-database.ts';
import { translateModels } from './translate-models.ts';
import { translateSettings } from './translate-settings.ts';

/** An import that is worked out, with nothing written yet. */
export interface PlannedImport {
  readonly files: readonly PlannedFile[];
  readonly findings: Findings;
  /** What the check will say of the environment. */
  readonly problems: readonly Problem[];
}

/** Works out what an environment becomes. `now` decides which keys have ended. Throws a Refusal. */
export async function planImport(options: ImportOptions, isThere: boolean, now: Date): Promise<PlannedImport> {
  const findings = newFindings();
  const config = readConfig(options.configFile, findings);
  if (config.models.length === 0) throw new Refusal(noModel(options.configFile, findings));
  const named = referencedVariables([config.models, config.settings]);
  const refer = referToSecrets(config.settings.environment_variables, named, findings);
  const models = translateModels(config, refer);
  const gateway = translateSettings(config, refer, findings);
  tellUnusedVariables(config, findings);
  const teams = options.databaseUrl === undefined ? [] : await readTeams(options.databaseUrl);
  if (options.databaseUrl === undefined) findings.notes.push(NO_DATABASE);

  const files = planFiles({ name: options.environment, models, gateway, teams }, findings);
  refuseSecrets(files);
  return { files, findings, problems: checkPlannedFiles(options.environment, files, now) };

  async function readTeams(address: string) {
    const database = await readDatabase(address, Object.keys(TABLE_ADVICE));
    const masterKey = config.settings.general_settings?.master_key;
    const isLiteral = masterKey !== undefined && referencedVariable(masterKey) === undefined;
    const masterHash = isLiteral ? hashKey(masterKey) : undefined;
    const existingKeys = isThere ? keysByTeam(options.environment) : new Map<string, string[]>();
    return translateDatabase(
      database,
      { known: config.models, now, masterHash, owner: options.owner, expires: options.expires, existingKeys },
      findings,
    );
  }
}

const NO_DATABASE = "no keys and teams are imported: they are in LiteLLM's database, which --database-url names";

function noModel(file: string, { gaps }: Findings): string {
  const reasons = gaps
    .filter(({ found }) => found.startsWith('model '))
    .map(({ place, found, reason, advice }) => `  ${place}: ${found}: ${reason}: ${advice}`);
  return [`${file} has no model that the gateway can serve`, ...reasons].join(reasons.length > 0 ? ':\n' : '\n');
}

function keysByTeam(environment: string): Map<string, string[]> {
  const { teams } = openEnvironment(environment);
  return new Map(
    teams.flatMap(({ value }) =>
      value === undefined ? [] : [[value.team_alias, value.virtual_keys.map(({ key_alias: alias }) => alias)] as const],
    ),
  );
}

/** Variables of the file that nothing refers to set something in LiteLLM's process alone. */
function tellUnusedVariables({ settings, placeOf }: LitellmConfig, findings: Findings): void {
  const used = new Set(findings.secrets.map(({ variable }) => variable));
  for (const [name, value] of Object.entries(settings.environment_variables ?? {})) {
    const other = referencedVariable(value);
    if (used.has(name) || (other !== undefined && used.has(other))) continue;
    findings.gaps.push({
      place: placeOf(['environment_variables', name]),
      found: `environment_variables.${name}`,
      reason: 'nothing that was imported refers to it',
      advice: 'nothing, unless LiteLLM itself read it for a provider: then name it as os.environ/ in models.yaml',
    });
  }
}
