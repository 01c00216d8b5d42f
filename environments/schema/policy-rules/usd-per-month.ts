import { parseDuration, type DurationUnit } from '../budget.ts';

const DAYS: Readonly<Record<DurationUnit, number>> = { s: 1 / 86_400, m: 1 / 1_440, h: 1 / 24, d: 1, w: 7, mo: 30 };

interface Budget {
  readonly max_budget?: number | undefined;
  readonly budget_duration?: string | undefined;
}

/** A budget as USD in 30 days, so that two of different durations compare; one without a duration counts once. */
export function usdPerMonth({ max_budget: usd, budget_duration: duration }: Budget): number | undefined {
  if (usd === undefined || duration === undefined) return usd;
  return (usd * 30) / windowDays(duration);
}

/** How long a budget counts until it begins anew, in days, where a month has 30; for ever without a duration. */
export function windowDays(duration: string | undefined): number {
  if (duration === undefined) return Number.POSITIVE_INFINITY;
  const { count, unit } = parseDuration(duration);
  return count * DAYS[unit];
}
