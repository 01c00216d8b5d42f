import { parseDuration } from '../../environments/schema/budget.ts';

/** The time in which one budget counts: from `startMs` to before `endMs`, milliseconds since 1970. */
export interface BudgetWindow {
  readonly startMs: number;
  readonly endMs: number;
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;
/** 1970 began on a Thursday; weeks begin on Mondays. */
const FIRST_MONDAY_MS = 4 * DAY_MS;
const DAYS_THAT_MEAN_A_MONTH = 30;
const DAYS_OF_A_WEEK = 7;

/**
 * The window that holds `nowMs`. Windows are aligned to UTC as LiteLLM aligns resets: days at midnight, 7d at Monday,
 * 30d and 1mo at the first of the month, shorter ones to the clock. Without a duration the window never ends.
 */
export function budgetWindow(duration: string | undefined, nowMs: number): BudgetWindow {
  if (duration === undefined) return { startMs: 0, endMs: Number.POSITIVE_INFINITY };
  const { count, unit } = parseDuration(duration);
  if (unit === 'mo') return months(count, nowMs);
  if (unit === 'd' && count === DAYS_THAT_MEAN_A_MONTH) return months(1, nowMs);
  if (unit === 'w') return aligned(count * WEEK_MS, nowMs, FIRST_MONDAY_MS);
  if (unit === 'd') return aligned(count * DAY_MS, nowMs, count % DAYS_OF_A_WEEK === 0 ? FIRST_MONDAY_MS : 0);
  const unitMs = { s: SECOND_MS, m: MINUTE_MS, h: HOUR_MS }[unit];
  return aligned(count * unitMs, nowMs, 0);
}

function aligned(lengthMs: number, nowMs: number, originMs: number): BudgetWindow {
  const startMs = Math.floor((nowMs - originMs) / lengthMs) * lengthMs + originMs;
  return { startMs, endMs: startMs + lengthMs };
}

function months(count: number, nowMs: number): BudgetWindow {
  const now = new Date(nowMs);
  const month = now.getUTCFullYear() * 12 + now.getUTCMonth();
  const first = Math.floor(month / count) * count;
  return { startMs: firstOfMonth(first), endMs: firstOfMonth(first + count) };
}

function firstOfMonth(monthsSinceYearZero: number): number {
  return Date.UTC(Math.floor(monthsSinceYearZero / 12), monthsSinceYearZero % 12);
}
