import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { StartError } from '../start-error.ts';
import { migrate, readMigrations } from './migrate.ts';
import { createPostgresConnection } from './postgres-connection.ts';

const RETRY_MS = 1_000;
/** To connect, or a database that never answers would be asked only once. */
const LONGEST_CONNECT_MS = 10_000;

/**
 * Brings the tables of a database to this version, beside gateways and other migrations that may be at work there, and
 * waits for one that is not there yet. `print` is told each migration and whatever is waited for, never a password.
 * @throws StartError where the time is over, or at once where waiting does not help
 */
export async function migrateDatabase(options: {
  url: string;
  withinMs: number;
  print: (line: string) => void;
}): Promise<void> {
  const { url, withinMs, print } = options;
  const connectionTimeoutMs = Math.min(withinMs, LONGEST_CONNECT_MS);
  const connection = createPostgresConnection({ url, connectionTimeoutMs });
  const place = placeOf(url);
  const deadlineMs = Date.now() + withinMs;
  const deadline = setTimeout(() => connection.close(), withinMs);
  let applied = 0;
  let reason = 'it did not answer';

  async function tryOnce(): Promise<boolean> {
    try {
      await migrate(connection, readMigrations(), ({ version, name }) => {
        applied += 1;
        print(`applied migration ${version} (${name})`);
      });
      return true;
    } catch (error) {
      if (error instanceof StartError || isRefusal(error)) throw new StartError(`${place}: ${reasonOf(error)}`);
      // What the end of the time does to a statement is no reason.
      if (Date.now() >= deadlineMs) return false;
      const latest = reasonOf(error);
      if (latest !== reason) print(`waiting for ${place}: ${latest}`);
      reason = latest;
      return false;
    }
  }

  try {
    while (!(await tryOnce())) {
      const leftMs = deadlineMs - Date.now();
      if (leftMs <= 0) throw new StartError(`${place} was not migrated within ${withinMs / 1_000} s: ${reason}`);
      await pause(Math.min(RETRY_MS, leftMs));
    }
    print(`${place} has every migration, ${applied} of them since now`);
  } finally {
    clearTimeout(deadline);
    connection.close();
  }
}

/** Whose password or right it is does not change by waiting: class 28, invalid authorization. */
function isRefusal(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code?.startsWith('28') === true;
}

/** An error of several attempts to connect has no message of its own. */
function reasonOf(error: unknown): string {
  const { message, code } = error as NodeJS.ErrnoException;
  return message || (code ?? 'no connection');
}

/** The address without user and password. */
function placeOf(url: string): string {
  const { host, port, database } = new pg.Client({ connectionString: url });
  return `the database ${database ?? ''} on ${host}:${port}`;
}
