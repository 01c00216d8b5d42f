import { parseDuration } from '../../environments/schema/budget.ts';
import type { SpentDay } from './forecast-spend-query.ts';

const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;
/** 1970 began on a Thursday; weeks begin on Mondays. */
const FIRST_MONDAY_MS = 4 * DAY_MS;
const DAYS_THAT_MEAN_A_MONTH = 30;

/**
 * The most that was spent in one window of a budget, which begins as the gateway's do: months on their first, weeks on
 * Mondays, days at midnight UTC. Undefined for windows shorter than a day, which days cannot tell apart.
 */
export function mostInOneWindow(days: readonly SpentDay[], duration: string | undefined): number | undefined {
  if (duration !== undefined && !isOfDays(duration)) return undefined;
  const sums = new Map<number, number>();
  for (const { dayMs, costNanoUsd } of days) {
    const start = duration === undefined ? 0 : windowStart(duration, dayMs);
    sums.set(start, (sums.get(start) ?? 0) + costNanoUsd);
  }
  return Math.max(0, ...sums.values());
}

/** When the window began that holds a day; undefined for windows shorter than a day. Without a duration it always was. */
export function startOfWindow(duration: string | undefined, dayMs: number): number | undefined {
  if (duration === undefined) return 0;
  return isOfDays(duration) ? windowStart(duration, dayMs) : undefined;
}

function isOfDays(duration: string): boolean {
  return /(d|w|mo)$/.test(duration);
}

function windowStart(duration: string, dayMs: number): number {
  const { count, unit } = parseDuration(duration);
  if (unit === 'mo') return monthStart(count, dayMs);
  if (unit === 'w') return aligned(count * WEEK_DAYS * DAY_MS, dayMs, FIRST_MONDAY_MS);
  if (count === DAYS_THAT_MEAN_A_MONTH) return monthStart(1, dayMs);
  return aligned(count * DAY_MS, dayMs, count % WEEK_DAYS === 0 ? FIRST_MONDAY_MS : 0);
}

function aligned(lengthMs: number, atMs: number, originMs: number): number {
  return Math.floor((atMs - originMs) / lengthMs) * lengthMs + originMs;
}

function monthStart(count: number, atMs: number): number {
  const at = new Date(atMs);
  const month = at.getUTCFullYear() * 12 + at.getUTCMonth();
  const first = Math.floor(month / count) * count;
  return Date.UTC(Math.floor(first / 12), first % 12);
}
