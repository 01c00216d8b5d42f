import { beforeEach, describe, expect, it } from 'vitest';
import type { LimitScope } from '../../../proxy/config/callers.ts';
import { createMemoryRateLimits, isRateRefusal, RATE_WINDOW_MS } from '../../../proxy/limits/rate-limits.ts';

let nowMs = 0;
beforeEach(() => {
  nowMs = 1_000;
});

function scope(kind: 'key' | 'team', requestsPerMinute?: number, tokensPerMinute?: number): LimitScope {
  return {
    scope: kind,
    id: 'x',
    name: `${kind}:x`,
    maxBudgetNanoUsd: undefined,
    budgetDuration: undefined,
    requestsPerMinute,
    tokensPerMinute,
  };
}

describe('createMemoryRateLimits', () => {
  it('lets as many requests in as the limit says, in a window that begins with the first', async () => {
    const limits = createMemoryRateLimits(() => nowMs);
    await limits.take([scope('key', 2)], 0);
    nowMs += 59_000;
    await limits.take([scope('key', 2)], 0);

    const refused = await limits.take([scope('key', 2)], 0);
    nowMs += 1_000;
    const next = await limits.take([scope('key', 2)], 0);

    expect(refused).toMatchObject({ kind: 'requests', limit: 2, remaining: 0, resetsAtMs: 1_000 + RATE_WINDOW_MS });
    expect(isRateRefusal(next)).toBe(false);
  });

  it('takes nothing for a request that it refuses', async () => {
    const limits = createMemoryRateLimits(() => nowMs);
    const [key, team] = [scope('key', 5), scope('team', 1)];
    await limits.take([key, team], 0);
    for (let request = 0; request < 10; request += 1) await limits.take([key, team], 0);

    const alone = await limits.take([key], 0);

    expect(alone).toMatchObject({ limitRequests: 5, remainingRequests: 3 });
  });

  it('counts an estimate before the call and the real tokens after it', async () => {
    const limits = createMemoryRateLimits(() => nowMs);
    const first = await limits.take([scope('key', undefined, 100)], 60);
    expect(await limits.take([scope('key', undefined, 100)], 60)).toMatchObject({ kind: 'tokens', remaining: 40 });

    if (isRateRefusal(first)) throw new Error('refused');
    first.settle(10);
    first.settle(100);

    expect(await limits.take([scope('key', undefined, 100)], 60)).toMatchObject({ remainingTokens: 30 });
  });

  it('tells the tighter of two limits', async () => {
    const limits = createMemoryRateLimits(() => nowMs);
    const allowance = await limits.take([scope('key', 10), scope('team', 3)], 0);
    expect(allowance).toMatchObject({ limitRequests: 3, remainingRequests: 2, limitTokens: undefined });
  });
});
