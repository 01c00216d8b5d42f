import pg from 'pg';
import { Refusal } from '../command-line/refusal.ts';
import { withDatabase, type Ask } from './open-database.ts';

/** A row as JSON: columns that another version of LiteLLM does not have are not there. */
export type Row = Readonly<Record<string, unknown>>;

/** What LiteLLM's database holds about keys and money, of one moment. */
export interface LitellmDatabase {
  readonly keys: readonly Row[];
  readonly teams: readonly Row[];
  readonly budgets: readonly Row[];
  readonly organizations: readonly Row[];
  /** Secrets that a rotation has replaced and that work until `revoke_at`. */
  readonly previousTokens: readonly Row[];
  /** `user_id` and `user_email` alone. */
  readonly users: readonly Row[];
  /** Names of the models that were made in the UI. */
  readonly models: readonly string[];
  /** Names of the settings that lie over config.yaml. */
  readonly configNames: readonly string[];
  /** Tables that the import looked for and did not find. */
  readonly missingTables: readonly string[];
  /** Rows of the tables that have no counterpart. */
  readonly counts: ReadonlyMap<string, number>;
}

export const KEY_TABLE = 'LiteLLM_VerificationToken';
export const TEAM_TABLE = 'LiteLLM_TeamTable';
const MAX_ROWS = 20_000;

/** Reads LiteLLM's tables without writing. `counted` are tables whose rows are only counted. Throws a Refusal. */
export function readDatabase(address: string, counted: readonly string[]): Promise<LitellmDatabase> {
  return withDatabase(address, async (ask, schema) => {
    const tables = await tableNames(ask, schema);
    if (!tables.has(KEY_TABLE))
      throw new Refusal(
        `the database has no table ${schema}."${KEY_TABLE}": it is not LiteLLM's, or ?schema=NAME is missing in its address`,
      );
    const missingTables: string[] = [];
    const rows = async (table: string, columns?: readonly string[]): Promise<Row[]> => {
      if (tables.has(table)) return readRows(ask, schema, table, columns);
      missingTables.push(table);
      return [];
    };
    return {
      keys: await rows(KEY_TABLE),
      teams: await rows(TEAM_TABLE),
      budgets: await rows('LiteLLM_BudgetTable'),
      organizations: await rows('LiteLLM_OrganizationTable'),
      previousTokens: await rows('LiteLLM_DeprecatedVerificationToken'),
      users: await rows('LiteLLM_UserTable', ['user_id', 'user_email']),
      models: namesIn(await rows('LiteLLM_ProxyModelTable', ['model_name']), 'model_name'),
      configNames: namesIn(await rows('LiteLLM_Config', ['param_name']), 'param_name'),
      missingTables,
      counts: await countRows(
        ask,
        schema,
        counted.filter((table) => tables.has(table)),
      ),
    };
  });
}

async function tableNames(ask: Ask, schema: string): Promise<ReadonlySet<string>> {
  const rows = await ask<{ tablename: string }>('SELECT tablename FROM pg_tables WHERE schemaname = $1', [schema]);
  return new Set(rows.map(({ tablename }) => tablename));
}

/** As JSON, so that a column which this version does not have is no error. Other columns than those asked for stay there. */
async function readRows(ask: Ask, schema: string, table: string, columns?: readonly string[]): Promise<Row[]> {
  const row = columns === undefined ? 'to_jsonb(t)' : `jsonb_build_object(${columns.map(pick).join(', ')})`;
  const rows = await ask<{ row: Row }>(`SELECT ${row} AS row FROM ${tableOf(schema, table)} t LIMIT ${MAX_ROWS + 1}`);
  if (rows.length > MAX_ROWS) throw new Refusal(`${table} has more than ${MAX_ROWS} rows, the most that is imported`);
  return rows.map(({ row }) => row);
}

function pick(column: string): string {
  return `'${column}', to_jsonb(t) -> '${column}'`;
}

async function countRows(ask: Ask, schema: string, tables: readonly string[]): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const table of tables) {
    const [counted] = await ask<{ count: number }>(`SELECT count(*)::int AS count FROM ${tableOf(schema, table)}`);
    counts.set(table, counted?.count ?? 0);
  }
  return counts;
}

function tableOf(schema: string, table: string): string {
  return `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(table)}`;
}

function namesIn(rows: readonly Row[], column: string): string[] {
  return [...new Set(rows.map((row) => String(row[column])))].toSorted();
}
