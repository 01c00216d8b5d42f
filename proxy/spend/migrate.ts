import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { StartError } from '../start-error.ts';
import type { PostgresConnection } from './postgres-connection.ts';

// Migrations only add: during a rolling update the old gateway goes on writing into the new tables.

const FILE_NAME = /^(?<version>\d{4})_(?<name>[a-z0-9_]+)\.sql$/;
/** The number under which all gateways of a database wait for each other: "toll" in ASCII. */
const LOCK = 0x746f6c6c;
const LONGEST_MS = 10 * 60_000;
const FOLDER = join(import.meta.dirname, 'migrations');

export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

/** Trying again will not help: somebody has to change something. */
export class MigrationError extends StartError {}

/** Those of this version, in their order. */
export function readMigrations(): Migration[] {
  return readdirSync(FOLDER)
    .sort()
    .flatMap((file) => {
      const { version, name } = FILE_NAME.exec(file)?.groups ?? {};
      if (version === undefined || name === undefined) return [];
      const sql = readFileSync(join(FOLDER, file), 'utf8').replaceAll('\r\n', '\n');
      return { version: Number(version), name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
    });
}

/**
 * Runs what has not run yet, each migration in a transaction of its own; others that start at the same time wait.
 * Versions that are newer than ours belong to a newer gateway and are left alone. Throws MigrationError for one that
 * was edited after it ran or that the database refuses. `onApplied` is told each one that ran here.
 */
export async function migrate(
  connection: PostgresConnection,
  migrations: readonly Migration[],
  onApplied: (migration: Migration) => void = () => undefined,
): Promise<void> {
  const applied = await readApplied(connection);
  for (const migration of migrations) refuseEdited(migration, applied.get(migration.version));
  for (const migration of migrations) {
    const hasRun = !applied.has(migration.version) && (await applyInTransaction(connection, migration));
    if (hasRun) onApplied(migration);
  }
}

/** The hash of each version that has run; looks before it creates anything, so that reading is enough. */
async function readApplied(connection: PostgresConnection): Promise<Map<number, string>> {
  const [found] = await connection.query<{ exists: boolean }>(
    `SELECT to_regclass('tollgate_migrations') IS NOT NULL AS exists`,
  );
  if (found?.exists !== true) return new Map();
  const rows = await connection.query<{ version: number; sha256: string }>(
    'SELECT version, sha256 FROM tollgate_migrations',
  );
  return new Map(rows.map(({ version, sha256 }) => [version, sha256]));
}

function refuseEdited({ version, name, sha256 }: Migration, applied: string | undefined): void {
  if (applied === undefined || applied === sha256) return;
  throw new MigrationError(
    `migration ${version} (${name}) was edited after it ran on this database: restore it, and add a new one`,
  );
}

/** False where another process ran it in the meantime. */
async function applyInTransaction(connection: PostgresConnection, migration: Migration): Promise<boolean> {
  try {
    await connection.query('BEGIN');
    const hasRun = await apply(connection, migration);
    await connection.query('COMMIT');
    return hasRun;
  } catch (error) {
    // The end of the connection rolls back, in whatever state it is.
    connection.reset();
    throw describe(migration, error);
  }
}

async function apply(connection: PostgresConnection, migration: Migration): Promise<boolean> {
  const { version, name, sql, sha256 } = migration;
  await connection.query(`SET LOCAL statement_timeout = ${LONGEST_MS}`);
  await connection.query('SELECT pg_advisory_xact_lock($1)', [LOCK], LONGEST_MS);
  await connection.query(
    `CREATE TABLE IF NOT EXISTS tollgate_migrations (
       version integer PRIMARY KEY, name text NOT NULL, sha256 text NOT NULL,
       applied_at timestamptz NOT NULL DEFAULT now()
     )`,
  );
  const [earlier] = await connection.query<{ sha256: string }>(
    'SELECT sha256 FROM tollgate_migrations WHERE version = $1',
    [version],
  );
  refuseEdited(migration, earlier?.sha256);
  if (earlier !== undefined) return false;
  await connection.query(sql, undefined, LONGEST_MS);
  await connection.query('INSERT INTO tollgate_migrations (version, name, sha256) VALUES ($1, $2, $3)', [
    version,
    name,
    sha256,
  ]);
  return true;
}

/** Wrong SQL, a missing right, a table in the way: class 42, among others. The rest may pass by itself. */
function describe({ version, name }: Migration, error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError) || !/^(0A|22|23|42)/.test(error.code ?? '')) return error;
  return new MigrationError(`migration ${version} (${name}) is refused by the database: ${error.message}`);
}
