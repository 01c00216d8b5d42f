import { describe, expect, it } from 'vitest';
import { parseStat } from './cpu-time.ts';

describe('parseStat', () => {
  it('reads group and CPU ticks past a program name with spaces and brackets', () => {
    const line = '4242 (nginx: (worker) x) S 4000 4241 4000 0 -1 4194624 900 0 0 0 120 34 0 0 20 0 1 0 1 2 3';
    expect(parseStat(line)).toEqual({ group: 4241, cpuTicks: 154 });
  });

  it('tells nothing of a process that has ended', () => {
    expect(parseStat('')).toBeUndefined();
  });
});
