import { parseDuration } from '../../environments/schema/budget.ts';
import type { Limits, Price } from './plan.ts';

const UNITS = { s: 'second', m: 'minute', h: 'hour', d: 'day', w: 'week', mo: 'month' } as const;
const FINEST_DIGITS = 6;

/** What was computed, to the cent: `$1,234.50`; what is less than a dollar keeps its digits. */
export function usd(amount: number): string {
  return withDigits(amount, amount !== 0 && Math.abs(amount) < 1 ? FINEST_DIGITS : 2);
}

/** What somebody wrote, to the digit: `$1,234.50`, `$2.125`. */
export function writtenUsd(amount: number): string {
  return withDigits(amount, FINEST_DIGITS);
}

/** `$500.00 a month`, `$20.00 every 7 days`, `$20.00 in all`, `no limit`. */
export function budget({ maxBudget, budgetDuration }: Limits): string {
  if (maxBudget === undefined) return 'no limit';
  return `${writtenUsd(maxBudget)} ${budgetDuration === undefined ? 'in all' : every(budgetDuration)}`;
}

/** `$0.25 / $2.00`: a million tokens of what is sent, and of what is answered. */
export function price({ input, output }: Price): string {
  const side = (amount: number | undefined) => (amount === undefined ? 'unknown' : writtenUsd(amount));
  if (input === undefined && output === undefined) return 'unknown';
  return `${side(input)} / ${side(output)}`;
}

function every(duration: string): string {
  const { count, unit } = parseDuration(duration);
  const name = UNITS[unit];
  if (count === 1) return `${name === 'hour' ? 'an' : 'a'} ${name}`;
  return `every ${count} ${name}s`;
}

function withDigits(amount: number, most: number): string {
  return amount.toLocaleString('en-US', {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: 2,
    maximumFractionDigits: most,
  });
}
