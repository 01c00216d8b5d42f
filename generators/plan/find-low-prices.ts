import type { Model } from '../../environments/schema/model.ts';
import { findListPrice, findPrice } from './find-price.ts';
import type { LowPrice } from './plan.ts';

/** Below this share of the list price, budgets hold much more than they seem to. */
const LOW_SHARE = 0.5;

/** Input prices of deployments' own, new with the change, that are far below what the provider asks. */
export function findLowPrices(before: readonly Model[], after: readonly Model[], now: Date): LowPrice[] {
  const known = new Set(before.flatMap((entry) => lowPriceOf(entry, now)).map(identityOf));
  return after.flatMap((entry) => lowPriceOf(entry, now)).filter((low) => !known.has(identityOf(low)));
}

function lowPriceOf(entry: Model, now: Date): LowPrice[] {
  const [own, listed] = [findPrice(entry, now), findListPrice(entry, now)];
  if (own?.input === undefined || listed?.input === undefined) return [];
  if (own.input >= listed.input * LOW_SHARE) return [];
  return [{ model: entry.model_name, own: own.input, listed: listed.input }];
}

function identityOf({ model, own, listed }: LowPrice): string {
  return `${model} ${own} ${listed}`;
}
