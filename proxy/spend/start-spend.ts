import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Logger } from 'pino';
import type { BudgetTotals } from './budget-totals.ts';
import { claimFolder } from './claim-folder.ts';
import { openJournal } from './journal.ts';
import { createPostgresSpendStore } from './postgres-spend-store.ts';
import { recoverBudgets } from './recover-budgets.ts';
import type { SpendCounters } from './spend-counters.ts';
import type { SpendLog } from './spend-log.ts';
import { SpendWriter } from './spend-writer.ts';

const DATABASE_AT_START_MS = 5_000;

/** The books: every row goes through the journal into Postgres, whatever happens to either process. */
export interface Spend {
  /** Resolves when the row survives the end of this process, or the kernel has refused it once. */
  append(row: SpendLog): Promise<void>;
  /** False while the journal takes nothing: then no new request should be begun. */
  readonly isWritable: boolean;
  readonly database: 'connected' | 'unavailable' | 'none';
  /** Of rows that the database does not have yet. */
  readonly pendingBytes: number;
  readonly counters: Readonly<SpendCounters>;
  /**
   * To be called in the tick in which budgets begin to count for new keys or teams: tells them what was spent before,
   * also much later where the database is away. Never rejects.
   */
  checkpoint(): Promise<void>;
  /** Goes on with another address or pace; what the journal holds goes to the new address. Nothing without a database. */
  follow(settings: SpendSettings): void;
  /** Lands what it can within a time, and closes. What is left waits in the journal for the next start. */
  drain(withinMs: number): Promise<void>;
}

export interface SpendSettings {
  /** Undefined keeps nothing. Writing takes one connection. */
  readonly database: { readonly url: string; readonly connectionTimeoutMs: number } | undefined;
  /** Between two writes to the database. */
  readonly intervalMs: number;
}

export interface SpendOptions extends SpendSettings {
  /** A folder that no other process uses. */
  readonly dataDir: string;
  readonly budgets: BudgetTotals;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** How long the start waits for the database before it goes on without. @default 5,000 */
  readonly startWithinMs?: number;
  readonly now?: () => number;
}

/**
 * Opens the books. Without an answer from the database it starts all the same, and goes on trying. Throws StartError
 * where another process uses the folder, the address is wrong, or the tables cannot be made.
 */
export async function startSpend(options: SpendOptions): Promise<Spend> {
  const { dataDir, database, budgets, log, intervalMs } = options;
  const counters: SpendCounters = { rowsWritten: 0, rowsRefused: 0, writeFailures: 0, journalFailures: 0 };
  if (database === undefined) return keepNothing(counters);

  let [address, paceMs] = [database, intervalMs];
  const store = createPostgresSpendStore(database);
  const claim = claimFolder(dataDir);
  try {
    const folder = join(dataDir, 'journal');
    await recoverBudgets(folder, budgets);
    const onFull = (): void => writer.wake();
    const journal = openJournal({ folder, log, counters, onFull, ...(options.now && { now: options.now }) });
    const writer = new SpendWriter({ landing: { journal, store, log, counters }, budgets, intervalMs });
    void writer.checkpoint();
    writer.start();
    await waitForDatabase(writer, options);
    return {
      append: (row) => journal.append(row),
      get isWritable() {
        return journal.isWritable;
      },
      get database() {
        return writer.isConnected ? 'connected' : 'unavailable';
      },
      get pendingBytes() {
        return journal.pendingBytes;
      },
      counters,
      checkpoint: () => writer.checkpoint(),
      follow(settings) {
        if (settings.intervalMs !== paceMs) writer.pace(settings.intervalMs);
        paceMs = settings.intervalMs;
        if (settings.database === undefined || isDeepStrictEqual(settings.database, address)) return;
        address = settings.database;
        writer.useStore(createPostgresSpendStore(address));
        log.info('spend goes on over a new connection: the address of the database changed');
      },
      async drain(withinMs) {
        await writer.drain(Date.now() + withinMs);
        if (journal.pendingBytes > 0) log.warn({ folder }, 'spend rows wait in the journal for the next start');
        claim.release();
      },
    };
  } catch (error) {
    store.close();
    claim.release();
    throw error;
  }
}

async function waitForDatabase(writer: SpendWriter, options: SpendOptions): Promise<void> {
  const { startWithinMs = DATABASE_AT_START_MS, log } = options;
  const tooLate = Promise.withResolvers<void>();
  const timer = setTimeout(tooLate.resolve, startWithinMs);
  try {
    await Promise.race([writer.firstRound.promise, tooLate.promise]);
  } catch (error) {
    await writer.drain(0);
    throw error;
  } finally {
    clearTimeout(timer);
  }
  if (!writer.isConnected) log.warn('started without the spend database: requests are served, rows wait');
}

function keepNothing(counters: SpendCounters): Spend {
  return {
    append: () => Promise.resolve(),
    isWritable: true,
    database: 'none',
    pendingBytes: 0,
    counters,
    checkpoint: () => Promise.resolve(),
    follow: () => undefined,
    drain: () => Promise.resolve(),
  };
}
