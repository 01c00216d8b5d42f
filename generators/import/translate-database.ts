import type { Team } from '../../environments/schema/team.ts';
import { aliasChooser } from './choose-aliases.ts';
import { adviceForColumn, TABLE_ADVICE } from './column-advice.ts';
import type { Findings } from './findings.ts';
import { KEY_TABLE, TEAM_TABLE, type LitellmDatabase, type Row } from './read-database.ts';
import { isSet, textOf } from './row-values.ts';
import { translateKey, type KeySurroundings } from './translate-keys.ts';
import { DASHBOARD_TEAM, teamOfOrphans, translateTeams } from './translate-teams.ts';

export interface DatabaseSurroundings extends Pick<KeySurroundings, 'known' | 'now' | 'masterHash' | 'expires'> {
  /** Whom to ask about a team without an admin. */
  readonly owner: string | undefined;
  /** Aliases of keys that the environment has already, by team. */
  readonly existingKeys: ReadonlyMap<string, readonly string[]>;
}

/** The teams of LiteLLM's database with their keys, and what of it has no counterpart in `findings`. */
export function translateDatabase(
  database: LitellmDatabase,
  surroundings: DatabaseSurroundings,
  findings: Findings,
): Team[] {
  const { known, owner, existingKeys } = surroundings;
  const teams = translateTeams(database, known, owner, findings);
  const orphans = database.keys.filter((row) => !hasTeam(row, database));
  const aliases = teams.map(({ team }) => team.team_alias);
  const orphanage = teamOfOrphans(aliasChooser(aliases)('imported', 'imported'), known, owner);
  const overwritten = new Set([...aliases, orphanage.team_alias]);
  const taken = [...existingKeys].flatMap(([team, keys]) => (overwritten.has(team) ? [] : keys));
  const around: KeySurroundings = { ...surroundings, database, choose: aliasChooser(taken) };
  const keysOf = (rows: readonly Row[], models: readonly string[]) =>
    rows.toSorted(byAlias).flatMap((row) => translateKey(row, models, around, findings) ?? []);

  const translated = teams.map(({ teamId, team }) => {
    const rows = database.keys.filter((row) => row['team_id'] === teamId);
    return { ...team, virtual_keys: keysOf(rows, team.models) };
  });
  tellColumns(KEY_TABLE, database.keys, 'key_alias', findings);
  tellColumns(TEAM_TABLE, database.teams, 'team_alias', findings);
  tellColumns('LiteLLM_BudgetTable', database.budgets, 'budget_id', findings);
  tellTables(database, findings);
  const keys = keysOf(orphans, orphanage.models);
  if (keys.length === 0) return translated;
  tellOrphans(keys, orphanage.team_alias, findings);
  return [...translated, { ...orphanage, virtual_keys: keys }];
}

function tellOrphans(keys: Team['virtual_keys'], alias: string, findings: Findings): void {
  findings.gaps.push({
    place: `${KEY_TABLE}.team_id`,
    found: keys.map(({ key_alias: alias }) => `key ${alias}`).join(', '),
    reason: `every key has a team here, and these have none: they are in keys/${alias}.yaml`,
    advice: 'move them to teams of their own, and give that team a budget and owners until then',
  });
}

function hasTeam(row: Row, { teams }: LitellmDatabase): boolean {
  return row['team_id'] !== DASHBOARD_TEAM && teams.some((team) => team['team_id'] === row['team_id']);
}

function byAlias(a: Row, b: Row): number {
  const [left, right] = [a, b].map((row) => `${textOf(row['key_alias']) ?? '~'} ${String(row['token'])}`);
  return (left ?? '') < (right ?? '') ? -1 : 1;
}

const MOST_NAMES = 3;

/** Each column that is in use and becomes nothing, with the rows that use it. */
function tellColumns(table: string, rows: readonly Row[], nameColumn: string, findings: Findings): void {
  const users = new Map<string, string[]>();
  for (const row of rows) {
    const metadata = Object.entries((row['metadata'] ?? {}) as Row).map(([key, value]) => [`metadata.${key}`, value]);
    for (const [column, value] of [...Object.entries(row), ...metadata] as [string, unknown][]) {
      if (!isSet(value)) continue;
      users.set(column, [...(users.get(column) ?? []), textOf(row[nameColumn]) ?? 'one without an alias']);
    }
  }
  for (const [column, names] of [...users].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const advice = adviceForColumn(column);
    if (advice === undefined) continue;
    const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
    findings.gaps.push({
      place: `${table}.${column}`,
      found: `${names.slice(0, MOST_NAMES).join(', ')}${more}`,
      ...advice,
    });
  }
}

function tellTables(database: LitellmDatabase, findings: Findings): void {
  const { organizations, models, configNames, missingTables, counts } = database;
  const { gaps, notes } = findings;
  if (missingTables.length > 0)
    notes.push(`this version of LiteLLM has no table ${missingTables.join(', ')}: read as empty`);
  for (const name of models)
    gaps.push({
      place: 'LiteLLM_ProxyModelTable',
      found: `model ${name}`,
      reason: 'it was made in the UI, and what it stands for is encrypted in the database',
      advice: 'write it into models.yaml, and its credential into the vault',
    });
  for (const name of configNames)
    gaps.push({
      place: 'LiteLLM_Config',
      found: name,
      reason: 'it lies over config.yaml and was changed in the UI',
      advice: "compare with LiteLLM's UI, and change config.yaml before you import",
    });
  for (const organization of organizations)
    gaps.push({
      place: 'LiteLLM_OrganizationTable',
      found: `organization ${textOf(organization['organization_alias']) ?? 'without a name'}`,
      reason: 'there are no organizations above teams, and no budget over several teams',
      advice: 'give each of its teams a budget of its own',
    });
  for (const [table, count] of counts) {
    const { rows = 'rows', reason = '', advice = '' } = TABLE_ADVICE[table] ?? {};
    if (count > 0) gaps.push({ place: table, found: `${rows}: ${count}`, reason, advice });
  }
}
