import type { SpendLog } from './spend-log.ts';

/** From when on the money of one key or team counts: milliseconds since 1970. */
export interface BudgetWindow {
  readonly scope: 'key' | 'team';
  readonly id: string;
  readonly sinceMs: number;
}

export interface BudgetTotal extends BudgetWindow {
  readonly costNanoUsd: number;
}

/** What budgets are told when a process begins to count, so that each nano-USD of the past counts once. */
export interface BudgetTotals {
  /** Windows of which the past is not known yet. */
  openWindows(): readonly BudgetWindow[];
  /** A row that an earlier process left in the journal: what is known of the past until the database answers. */
  addRecovered(row: Pick<SpendLog, 'key_alias' | 'team_id' | 'started_at_ms' | 'cost_nano_usd'>): void;
  /** The whole past of these windows, in the place of the recovered rows. */
  replaceRecovered(totals: readonly BudgetTotal[]): void;
}
