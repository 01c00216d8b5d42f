import type { BudgetTotal, BudgetWindow } from './budget-totals.ts';

/** Where spend lasts. Every method throws where the database does not answer in time; one call at a time. */
export interface SpendStore {
  /** Brings the tables to this version. Throws MigrationError where that cannot work however often it is tried. */
  migrate(): Promise<void>;
  /**
   * Stores rows, each the JSON of a SpendLog and a newline, all or none; one that is there already is left as it is.
   * Gives the number of new ones. Throws RefusedRowsError where a row's content is the reason.
   */
  insert(rows: Buffer): Promise<number>;
  totals(windows: readonly BudgetWindow[]): Promise<BudgetTotal[]>;
  /** Throws where the database does not answer. */
  ping(): Promise<void>;
  /** Leaves at once, whatever is under way. */
  close(): void;
}

/** The database will never take these rows: at least one of them is not what the table wants. */
export class RefusedRowsError extends Error {}
