import type { LimitScope } from '../config/callers.ts';

// Reserve the worst case before the call, settle with what it really cost.
//
// The bound: a request is let in while spent + reserved is below every one of its budgets. So a budget is never
// overrun by more than one reservation, and a request is never refused while money is left that nobody has taken.

/** What stops a request, in nano-USD. */
export interface BudgetRefusal {
  readonly scope: LimitScope;
  readonly spentNanoUsd: number;
  readonly reservedNanoUsd: number;
  readonly limitNanoUsd: number;
  /** When the budget begins anew; infinity where it never does. */
  readonly resetsAtMs: number;
}

/** Money set aside for one request on all of its budgets. */
export interface Reservation {
  /** Puts the real cost in the place of the reserved one. Only the first call counts. */
  settle(costNanoUsd: number): void;
}

/** Where budgets are kept. Within one process it is memory; between several it will be Redis, behind this interface. */
export interface Budgets {
  /** Takes `worstCaseNanoUsd` from every budget in `limits`, or from none. */
  reserve(limits: readonly LimitScope[], worstCaseNanoUsd: number): Promise<Reservation | BudgetRefusal>;
  /** Counts for these from now on; what is no longer named is forgotten. */
  track(limits: readonly LimitScope[]): void;
  /** How every limited budget stands. */
  levels(): readonly BudgetLevel[];
}

/** One budget in its current window, in nano-USD. */
export interface BudgetLevel {
  readonly scope: LimitScope['scope'];
  readonly id: string;
  readonly spentNanoUsd: number;
  readonly reservedNanoUsd: number;
  readonly limitNanoUsd: number;
}

export function isRefusal(result: Reservation | BudgetRefusal): result is BudgetRefusal {
  return 'limitNanoUsd' in result;
}
