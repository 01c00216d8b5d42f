import { describe, expect, it } from 'vitest';
import { budgetWindow } from '../../../proxy/limits/budget-window.ts';

const NOW = Date.parse('2026-11-24T22:47:31.250Z');

describe('budgetWindow', () => {
  it.each([
    ['30s', '2026-11-24T22:47:30Z', '2026-11-24T22:48:00Z'],
    ['15m', '2026-11-24T22:45:00Z', '2026-11-24T23:00:00Z'],
    ['1h', '2026-11-24T22:00:00Z', '2026-11-24T23:00:00Z'],
    ['1d', '2026-11-24T00:00:00Z', '2026-11-25T00:00:00Z'],
    ['7d', '2026-11-23T00:00:00Z', '2026-11-30T00:00:00Z'],
    ['1w', '2026-11-23T00:00:00Z', '2026-11-30T00:00:00Z'],
    ['30d', '2026-11-01T00:00:00Z', '2026-12-01T00:00:00Z'],
    ['1mo', '2026-11-01T00:00:00Z', '2026-12-01T00:00:00Z'],
    ['3mo', '2026-10-01T00:00:00Z', '2027-01-01T00:00:00Z'],
    ['12mo', '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z'],
  ])('aligns %s to the calendar in UTC', (duration, start, end) => {
    const window = budgetWindow(duration, NOW);
    expect(new Date(window.startMs)).toEqual(new Date(start));
    expect(new Date(window.endMs)).toEqual(new Date(end));
  });

  it('begins the next window where the last one ended', () => {
    const { endMs } = budgetWindow('1mo', NOW);
    expect(budgetWindow('1mo', endMs).startMs).toBe(endMs);
    expect(budgetWindow('1mo', endMs - 1).endMs).toBe(endMs);
  });

  it('never ends without a duration', () => {
    expect(budgetWindow(undefined, NOW)).toEqual({ startMs: 0, endMs: Number.POSITIVE_INFINITY });
  });
});
