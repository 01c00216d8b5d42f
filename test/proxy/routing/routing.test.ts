import { describe, expect, it } from 'vitest';
import type { ModelDeployment } from '../../../proxy/config/model-routes.ts';
import { chooseDeployment } from '../../../proxy/routing/choose-deployment.ts';
import { isRetryable, retryWaitMs } from '../../../proxy/routing/retry-policy.ts';
import type { AttemptResult } from '../../../proxy/upstreams/exchange.ts';

const deployment = (id: string, weight: number) => ({ id, weight }) as ModelDeployment;
const answered = (status: number, headers: Record<string, string> = {}): AttemptResult => ({
  kind: 'answered',
  status,
  headers,
  body: Buffer.alloc(0),
});

describe('chooseDeployment', () => {
  it('shares by weight', () => {
    const [small, large] = [deployment('small', 1), deployment('large', 3)];
    const chosen = (point: number) => chooseDeployment([small, large], new Set(), () => point);
    expect(chosen(0)).toBe(small);
    expect(chosen(0.2499)).toBe(small);
    expect(chosen(0.25)).toBe(large);
    expect(chosen(0.9999)).toBe(large);
  });

  it('takes what was not tried before, and anything when all were', () => {
    const [first, second] = [deployment('first', 1), deployment('second', 1)];
    expect(chooseDeployment([first, second], new Set([first]), () => 0)).toBe(second);
    expect(chooseDeployment([first, second], new Set([first, second]), () => 0)).toBe(first);
  });
});

describe('isRetryable', () => {
  it.each([
    [200, false, false],
    [400, true, false],
    [401, false, false],
    [401, true, true],
    [403, true, true],
    [404, true, false],
    [408, false, true],
    [409, false, true],
    [422, true, false],
    [429, false, true],
    [500, false, true],
    [503, false, true],
  ])('answers for status %i with another deployment %s: %s', (status, hasOther, expected) => {
    expect(isRetryable(answered(status), hasOther)).toBe(expected);
  });

  it('retries what never answered, and not what has answered too much', () => {
    const cause = new Error('gone');
    expect(isRetryable({ kind: 'failed', code: 'upstream_unreachable', cause }, false)).toBe(true);
    expect(isRetryable({ kind: 'failed', code: 'upstream_too_large', cause }, false)).toBe(false);
    expect(isRetryable({ kind: 'abandoned' }, true)).toBe(false);
  });
});

describe('retryWaitMs', () => {
  it('does not wait for another deployment', () => {
    expect(retryWaitMs(answered(429, { 'retry-after': '30' }), 1, true, () => 1)).toBe(0);
  });

  it('waits as the upstream says, within reason', () => {
    expect(retryWaitMs(answered(429, { 'retry-after': '30' }), 1, false, () => 0)).toBe(30_000);
    expect(retryWaitMs(answered(429, { 'retry-after': '3600' }), 1, false, () => 0)).toBe(500);
  });

  it('doubles up to a bound, with jitter', () => {
    const waits = [1, 2, 3, 4, 5, 9].map((attempts) => retryWaitMs(answered(500), attempts, false, () => 0));
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 8_000]);
    expect(retryWaitMs(answered(500), 1, false, () => 0.5)).toBe(875);
  });
});
