import { describe, expect, it } from 'vitest';
import { judgeCosts } from './render-cost.ts';

const cost = (count: number, cpuMs: number) => ({ count, cpuMs });

describe('judgeCosts', () => {
  it('is content with a cost that grows with the number of environments', () => {
    expect(judgeCosts([cost(10, 500), cost(50, 2_400), cost(100, 5_200)])).toEqual([]);
  });

  it('says when a hundred environments take too long', () => {
    expect(judgeCosts([cost(10, 1_100), cost(100, 10_001)])).toEqual([
      '100 environments took 10001 ms, more than 10000 ms',
    ]);
  });

  it('says when each costs more the more there are', () => {
    expect(judgeCosts([cost(10, 300), cost(100, 6_000)])).toEqual([
      'one of 100 costs 2.00 times as much as one of 10, and 1.5 is the most',
    ]);
  });

  it('has nothing to compare in a single measurement', () => {
    expect(judgeCosts([cost(5, 300)])).toEqual([]);
  });
});
