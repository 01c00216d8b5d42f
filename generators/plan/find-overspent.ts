import type { Environment } from '../../environments/schema/environment.ts';
import { NANO_USD_PER_USD, usdToNanoUsd } from '../../environments/schema/money.ts';
import { payersOf, type Payer } from './forecast-spend-payers.ts';
import type { SpentDay } from './forecast-spend-query.ts';
import { startOfWindow } from './forecast-spend-windows.ts';
import type { Caller, Refusal } from './plan.ts';
import { usd, writtenUsd } from './print-money.ts';

const DAY_MS = 86_400_000;
const CENT_NANO_USD = NANO_USD_PER_USD / 100;

/** When the oldest of the windows began that run now, in milliseconds since 1970. */
export function firstStart(environment: Environment, now: Date): number {
  return Math.min(now.getTime(), ...payersOf(environment).flatMap(({ limits }) => startNow(limits, now) ?? []));
}

/** Who has spent as much in the window that runs now as the change leaves them, and had not before. */
export function findOverspent(
  days: readonly SpentDay[],
  { before, after }: { readonly before: Environment | undefined; readonly after: Environment },
  now: Date,
): Refusal[] {
  const earlier = new Map(payersOf(before).map((payer) => [`${payer.scope} ${payer.id}`, payer.limits]));
  return payersOf(after).flatMap(({ scope, id, caller, limits }) => {
    const own = days.filter((day) => day.scope === scope && day.id === id);
    const spent = spentNow(own, limits, now);
    const known = earlier.get(`${scope} ${id}`);
    const wasRefused = known !== undefined && spentNow(own, known, now) !== undefined;
    if (spent === undefined || wasRefused) return [];
    const when = limits.budget_duration === undefined ? '' : ` since ${dayOf(startNow(limits, now) ?? 0)}`;
    return [
      {
        ...caller,
        reason: `has spent ${usd(Math.round(spent / CENT_NANO_USD) / 100)}${when}, and the budget is ${writtenUsd(limits.max_budget ?? 0)}`,
      },
    ];
  });
}

/** Whose window is shorter than a day, so that what is spent in it is not known. */
export function findUnjudged(after: Environment, now: Date): Caller[] {
  const limited = payersOf(after).filter(({ limits }) => limits.max_budget !== undefined);
  return limited.filter(({ limits }) => startNow(limits, now) === undefined).map(({ caller }) => caller);
}

/** What is spent of a budget that has nothing left; undefined for others, and for one of nothing, which says so itself. */
function spentNow(days: readonly SpentDay[], limits: Payer['limits'], now: Date): number | undefined {
  const start = startNow(limits, now);
  if (start === undefined || limits.max_budget === undefined || limits.max_budget === 0) return undefined;
  const inWindow = days.filter(({ dayMs }) => dayMs >= start);
  const spent = inWindow.reduce((sum, { costNanoUsd }) => sum + costNanoUsd, 0);
  return spent >= usdToNanoUsd(limits.max_budget) ? spent : undefined;
}

function startNow({ max_budget: budget, budget_duration: duration }: Payer['limits'], now: Date): number | undefined {
  return budget === undefined ? undefined : startOfWindow(duration, Math.floor(now.getTime() / DAY_MS) * DAY_MS);
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
