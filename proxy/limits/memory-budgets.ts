import type { LimitScope } from '../config/callers.ts';
import type { BudgetTotals } from '../spend/budget-totals.ts';
import { budgetWindow } from './budget-window.ts';
import type { BudgetLevel, BudgetRefusal, Budgets, Reservation } from './budgets.ts';

/** One key's or team's money in its current window. */
interface Account {
  scope: LimitScope;
  startMs: number;
  endMs: number;
  /** Settled by this process since it counts. */
  spent: number;
  reserved: number;
  /** From before: the journal's remains until the database has answered, then the database's total. */
  earlier: number;
  /** The database has not yet said what was spent before this process began to count. */
  needsTotal: boolean;
}

/** Budgets of one process: exact by itself, since nothing runs between the check and the taking. */
export function createMemoryBudgets(now: () => number): Budgets & BudgetTotals {
  const accounts = new Map<string, Account>();

  function track(limits: readonly LimitScope[]): void {
    const wanted = new Map(limits.map((scope) => [scope.name, scope]));
    for (const name of accounts.keys()) if (!wanted.has(name)) accounts.delete(name);
    for (const [name, scope] of wanted) {
      const known = accounts.get(name);
      if (known?.scope.budgetDuration === scope.budgetDuration && known !== undefined) known.scope = scope;
      else accounts.set(name, openAccount(scope, now()));
    }
  }

  function current(scope: LimitScope): Account {
    let account = accounts.get(scope.name);
    if (account === undefined) {
      account = openAccount(scope, now());
      accounts.set(scope.name, account);
    }
    const nowMs = now();
    if (nowMs >= account.endMs) {
      const { startMs, endMs } = budgetWindow(account.scope.budgetDuration, nowMs);
      // Reservations of requests that began before the turn of the window settle nowhere.
      Object.assign(account, { startMs, endMs, spent: 0, reserved: 0, earlier: 0, needsTotal: false });
    }
    return account;
  }

  async function reserve(limits: readonly LimitScope[], worstCase: number): Promise<Reservation | BudgetRefusal> {
    const taken: Account[] = [];
    for (const scope of limits) {
      const account = current(scope);
      const refusal = refuse(account, scope);
      if (refusal !== undefined) return refusal;
      taken.push(account);
    }
    for (const account of taken) account.reserved += worstCase;
    return new MemoryReservation(taken, worstCase);
  }

  function levels(): BudgetLevel[] {
    return [...accounts.values()].flatMap(({ scope }) => {
      const { spent, earlier, reserved } = current(scope);
      const { maxBudgetNanoUsd: limitNanoUsd, id } = scope;
      if (limitNanoUsd === undefined) return [];
      return [{ scope: scope.scope, id, spentNanoUsd: spent + earlier, reservedNanoUsd: reserved, limitNanoUsd }];
    });
  }

  return {
    reserve,
    track,
    levels,
    openWindows: () =>
      [...accounts.values()]
        .map(({ scope }) => current(scope))
        .filter((account) => account.needsTotal)
        .map(({ scope, startMs }) => ({ scope: scope.scope, id: scope.id, sinceMs: startMs })),
    addRecovered(row) {
      for (const name of [`key:${row.key_alias}`, `team:${row.team_id}`]) {
        const account = accounts.get(name);
        if (account === undefined) continue;
        if (row.started_at_ms >= current(account.scope).startMs) account.earlier += row.cost_nano_usd ?? 0;
      }
    },
    replaceRecovered(totals) {
      for (const { scope, id, sinceMs, costNanoUsd } of totals) {
        const account = accounts.get(`${scope}:${id}`);
        if (account?.needsTotal !== true || account.startMs !== sinceMs) continue;
        account.earlier = costNanoUsd;
        account.needsTotal = false;
      }
    },
  };
}

function openAccount(scope: LimitScope, nowMs: number): Account {
  return { scope, ...budgetWindow(scope.budgetDuration, nowMs), spent: 0, reserved: 0, earlier: 0, needsTotal: true };
}

function refuse(account: Account, scope: LimitScope): BudgetRefusal | undefined {
  const limit = scope.maxBudgetNanoUsd;
  const spent = account.spent + account.earlier;
  if (limit === undefined || spent + account.reserved < limit) return undefined;
  return {
    scope,
    spentNanoUsd: spent,
    reservedNanoUsd: account.reserved,
    limitNanoUsd: limit,
    resetsAtMs: account.endMs,
  };
}

class MemoryReservation implements Reservation {
  readonly #accounts: readonly Account[];
  readonly #windows: readonly number[];
  readonly #reserved: number;
  #isSettled = false;

  constructor(accounts: readonly Account[], reserved: number) {
    this.#accounts = accounts;
    this.#windows = accounts.map((account) => account.startMs);
    this.#reserved = reserved;
  }

  settle(costNanoUsd: number): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    for (let index = 0; index < this.#accounts.length; index += 1) {
      const account = this.#accounts[index];
      if (account?.startMs !== this.#windows[index] || account === undefined) continue;
      account.reserved -= this.#reserved;
      account.spent += costNanoUsd;
    }
  }
}
