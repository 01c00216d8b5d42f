import pg from 'pg';
import type { BudgetTotal, BudgetWindow } from './budget-totals.ts';
import { migrate, readMigrations } from './migrate.ts';
import { createPostgresConnection } from './postgres-connection.ts';
import { INSERT_SPEND_LOGS, SELECT_TOTALS } from './spend-statements.ts';
import { RefusedRowsError, type SpendStore } from './spend-store.ts';

const [OPENING_BRACKET, COMMA, CLOSING_BRACKET, NEWLINE] = [0x5b, 0x2c, 0x5d, 0x0a];

/** Spend in PostgreSQL 15 to 18, over one connection. The address may carry sslmode as libpq knows it. */
export function createPostgresSpendStore(options: { url: string; connectionTimeoutMs: number }): SpendStore {
  const migrations = readMigrations();
  const connection = createPostgresConnection(options);

  return {
    migrate: () => migrate(connection, migrations),

    async insert(rows) {
      try {
        const [answer] = await connection.query<{ stored: number }>(INSERT_SPEND_LOGS, [toJsonArray(rows)]);
        return answer?.stored ?? 0;
      } catch (error) {
        throw isOfContent(error) ? new RefusedRowsError(error.message, { cause: error }) : error;
      }
    },

    async totals(windows) {
      const budgets = windows.map(({ scope, id, sinceMs }, place) => ({ place, scope, id, since_ms: sinceMs }));
      const rows = await connection.query<{ nano_usd: string }>(SELECT_TOTALS, [JSON.stringify(budgets)]);
      return windows.map((window, place) => withCost(window, rows[place]?.nano_usd));
    },

    async ping() {
      await connection.query('SELECT 1');
    },

    close: () => connection.close(),
  };
}

function withCost(window: BudgetWindow, nanoUsd = '0'): BudgetTotal {
  return { ...window, costNanoUsd: Number(nanoUsd) };
}

/** Lines become an array without being read: each newline is a comma, the last one the end. */
function toJsonArray(rows: Buffer): Buffer {
  const array = Buffer.allocUnsafe(rows.length + 1);
  array[0] = OPENING_BRACKET;
  rows.copy(array, 1);
  for (let at = array.indexOf(NEWLINE); at !== -1; at = array.indexOf(NEWLINE, at)) array[at] = COMMA;
  array[rows.length] = CLOSING_BRACKET;
  return array;
}

/** Classes 22 and 23, what a value is and what a table wants of it, and 54, what is too long for an index. */
function isOfContent(error: unknown): error is pg.DatabaseError {
  return error instanceof pg.DatabaseError && /^(22|23|54)/.test(error.code ?? '');
}
