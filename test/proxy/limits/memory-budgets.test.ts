import { beforeEach, describe, expect, it } from 'vitest';
import type { LimitScope } from '../../../proxy/config/callers.ts';
import { isRefusal, type Reservation } from '../../../proxy/limits/budgets.ts';
import { createMemoryBudgets } from '../../../proxy/limits/memory-budgets.ts';

const START = Date.parse('2026-11-24T12:00:00Z');
const HOUR_MS = 3_600_000;

function scope(
  kind: 'key' | 'team',
  id: string,
  maxBudgetNanoUsd: number | undefined,
  budgetDuration = '1d',
): LimitScope {
  return {
    scope: kind,
    id,
    name: `${kind}:${id}`,
    maxBudgetNanoUsd,
    budgetDuration,
    requestsPerMinute: undefined,
    tokensPerMinute: undefined,
  };
}

let nowMs = START;
beforeEach(() => {
  nowMs = START;
});

function budgetsFor(...limits: LimitScope[]) {
  const budgets = createMemoryBudgets(() => nowMs);
  budgets.track(limits);
  const take = async (worstCase: number): Promise<Reservation | undefined> => {
    const result = await budgets.reserve(limits, worstCase);
    return isRefusal(result) ? undefined : result;
  };
  return { budgets, take };
}

describe('createMemoryBudgets', () => {
  it('lets requests in until the budget is spent, and never refuses while money is left', async () => {
    const { take } = budgetsFor(scope('key', 'k', 100));

    for (let request = 0; request < 10; request += 1) (await take(50))?.settle(10);

    expect(await take(50)).toBeUndefined();
  });

  it('is overrun by one reservation at the most, however many requests run at once', async () => {
    const { take } = budgetsFor(scope('key', 'k', 100));

    const taken = await Promise.all(Array.from({ length: 50 }, () => take(30)));

    expect(taken.filter((reservation) => reservation !== undefined)).toHaveLength(4);
  });

  it('gives back what a request did not use, once', async () => {
    const { take } = budgetsFor(scope('key', 'k', 100));
    const first = await take(100);
    expect(await take(1)).toBeUndefined();

    first?.settle(40);
    first?.settle(0);

    expect(await take(60)).toBeDefined();
    expect(await take(1)).toBeUndefined();
  });

  it('takes from every budget or from none', async () => {
    const key = scope('key', 'k', 1_000);
    const team = scope('team', 't', 10);
    const { budgets, take } = budgetsFor(key, team);
    (await take(10))?.settle(10);

    const refused = await budgets.reserve([key, team], 500);
    const keyAlone = await budgets.reserve([key], 990);

    expect(refused).toMatchObject({ scope: team, spentNanoUsd: 10, limitNanoUsd: 10 });
    expect(isRefusal(keyAlone)).toBe(false);
  });

  it('blocks a budget of 0 at once', async () => {
    expect(await budgetsFor(scope('key', 'k', 0)).take(0)).toBeUndefined();
  });

  it('begins anew with the next window, where a request of the old one settles nowhere', async () => {
    const { take } = budgetsFor(scope('key', 'k', 100, '1h'));
    const old = await take(100);
    nowMs += HOUR_MS;

    const fresh = await take(60);
    old?.settle(100);

    expect(fresh).toBeDefined();
    expect(await take(30)).toBeDefined();
  });

  it('counts what the journal remembers until the database tells the total, then that alone', async () => {
    const { budgets, take } = budgetsFor(scope('key', 'k', 100));
    budgets.addRecovered({ key_alias: 'k', team_id: 't', started_at_ms: START, cost_nano_usd: 100 });
    expect(await take(1)).toBeUndefined();

    budgets.replaceRecovered(budgets.openWindows().map((window) => ({ ...window, costNanoUsd: 90 })));

    (await take(1))?.settle(10);
    expect(await take(1)).toBeUndefined();
    expect(budgets.openWindows()).toEqual([]);
  });

  it('does not count the journal’s rows of an earlier window', async () => {
    const { budgets, take } = budgetsFor(scope('key', 'k', 100, '1h'));
    budgets.addRecovered({ key_alias: 'k', team_id: 't', started_at_ms: START - 1, cost_nano_usd: 100 });
    expect(await take(1)).toBeDefined();
  });

  it('keeps what was spent when only the limit changes, and asks again when the duration does', async () => {
    const { budgets, take } = budgetsFor(scope('key', 'k', 100));
    budgets.replaceRecovered(budgets.openWindows().map((window) => ({ ...window, costNanoUsd: 0 })));
    (await take(80))?.settle(80);

    budgets.track([scope('key', 'k', 50)]);
    expect(isRefusal(await budgets.reserve([scope('key', 'k', 50)], 1))).toBe(true);
    expect(budgets.openWindows()).toEqual([]);

    budgets.track([scope('key', 'k', 50, '1mo')]);
    expect(budgets.openWindows()).toEqual([{ scope: 'key', id: 'k', sinceMs: Date.parse('2026-11-01') }]);
  });
});
