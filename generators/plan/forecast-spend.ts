import type { Environment } from '../../environments/schema/environment.ts';
import type { Model } from '../../environments/schema/model.ts';
import { NANO_USD_PER_USD, picoToNanoUsd, usdToNanoUsd } from '../../environments/schema/money.ts';
import { splitProvider } from '../../environments/schema/providers.ts';
import { kindPrices, type KindPrices } from './forecast-spend-prices.ts';
import { readSpend, TOKEN_KINDS, type RecordedSpend, type SpentGroup, type TokenKind } from './forecast-spend-query.ts';
import { payersOf, type Payer } from './forecast-spend-payers.ts';
import { mostInOneWindow } from './forecast-spend-windows.ts';
import { findOverspent, findUnjudged, firstStart } from './find-overspent.ts';
import type { SpendForecast } from './plan.ts';
import { usd, writtenUsd } from './print-money.ts';
import { counted } from './print-text.ts';

const DAYS_BACK = 30;
const DAY_MS = 86_400_000;
const CENT_NANO_USD = NANO_USD_PER_USD / 100;
const KINDS = Object.keys(TOKEN_KINDS) as TokenKind[];

/**
 * What the last 30 days of one environment would have been under the head's prices, budgets and access, from its
 * gateway's database. Plain text. Throws Refusal where the database does not answer.
 */
export async function forecastSpend(
  url: string,
  environment: { readonly before: Environment | undefined; readonly after: Environment },
  now: Date,
): Promise<SpendForecast> {
  const since = new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS - DAYS_BACK * DAY_MS);
  const daysSince = new Date(Math.min(since.getTime(), firstStart(environment.after, now)));
  const spend = await readSpend(url, { since, daysSince, until: now });
  const recent = { ...spend, days: spend.days.filter(({ dayMs }) => dayMs >= since.getTime()) };
  return {
    environment: environment.after.name,
    lines: forecastLines(recent, environment),
    refused: findOverspent(spend.days, environment, now),
    unjudged: findUnjudged(environment.after, now),
  };
}

/** The same from what was read already. */
export function forecastLines(
  spend: RecordedSpend,
  { before, after }: { readonly before: Environment | undefined; readonly after: Environment },
): string[] {
  if (spend.groups.length === 0) return [`${after.name}: no request in the last ${DAYS_BACK} days.`];
  return [
    ...costLines(spend.groups, after),
    ...refusedLines(spend.groups, { before, after }),
    ...budgetLines(spend, { before, after }),
    ...(spend.isCut ? ['There was more than is looked at here, so every number is less than the whole.'] : []),
  ];
}

interface Priced {
  readonly group: SpentGroup;
  readonly costNanoUsd: number | undefined;
}

function costLines(groups: readonly SpentGroup[], after: Environment): string[] {
  const served = groups.filter(({ model }) => entriesOf(after, model).length > 0);
  const priced = served.map((group): Priced => ({ group, costNanoUsd: costUnder(pricesFor(group, after), group) }));
  const known = priced.filter(({ costNanoUsd }) => costNanoUsd !== undefined);
  const [was, would] = [
    sumOf(known, ({ group }) => group.costNanoUsd),
    sumOf(known, ({ costNanoUsd }) => costNanoUsd ?? 0),
  ];
  const unknown = [
    ...new Set(priced.filter(({ costNanoUsd }) => costNanoUsd === undefined).map(({ group }) => group.model)),
  ];
  const requests = known.reduce((sum, { group }) => sum + group.requests, 0);
  return [
    `${after.name}: ${counted(requests, 'request')} of the last ${DAYS_BACK} days cost ${shown(was)} and would cost ${shown(would)} under the prices of this change${unpricedNote(known)}.`,
    ...[...Map.groupBy(known, ({ group }) => group.model)].flatMap(([model, ofModel]) => {
      const cost = {
        before: sumOf(ofModel, ({ group }) => group.costNanoUsd),
        after: sumOf(ofModel, ({ costNanoUsd }) => costNanoUsd ?? 0),
      };
      return Math.abs(cost.after - cost.before) < CENT_NANO_USD
        ? []
        : [`Model ${model}: ${shown(cost.before)} would be ${shown(cost.after)}.`];
    }),
    ...unknown.map((model) => `Model ${model}: its new price is not known, so what it would cost is not either.`),
  ];
}

function unpricedNote(priced: readonly Priced[]): string {
  const unpriced = priced.reduce((sum, { group }) => sum + group.unpriced, 0);
  return unpriced === 0 ? '' : ` (${counted(unpriced, 'request')} had no known price until now)`;
}

/** The deployment with the same model behind it, else the first of that name. */
function pricesFor({ model, upstreamModel }: SpentGroup, environment: Environment): KindPrices | undefined {
  const entries = entriesOf(environment, model);
  const same = entries.find((entry) => splitProvider(entry.litellm_params.model).upstreamModel === upstreamModel);
  const entry = same ?? entries[0];
  return entry === undefined ? undefined : kindPrices(entry);
}

function entriesOf({ models }: Environment, name: string): Model[] {
  return models.model_list.filter(({ model_name: modelName }) => modelName === name);
}

function costUnder(prices: KindPrices | undefined, { tokens }: SpentGroup): number | undefined {
  if (prices === undefined) return undefined;
  return picoToNanoUsd(KINDS.reduce((sum, kind) => sum + tokens[kind] * prices[kind], 0));
}

function refusedLines(
  groups: readonly SpentGroup[],
  sides: { before: Environment | undefined; after: Environment },
): string[] {
  const refused = groups.flatMap((group) => {
    const reason = refusalOf(group, sides.after);
    const wasServed = sides.before === undefined || refusalOf(group, sides.before) === undefined;
    return reason === undefined || !wasServed
      ? []
      : [{ reason, requests: group.requests, costNanoUsd: group.costNanoUsd }];
  });
  return [...Map.groupBy(refused, ({ reason }) => reason)].map(([reason, those]) => {
    const requests = those.reduce((sum, those) => sum + those.requests, 0);
    return `${counted(requests, 'request')} that cost ${shown(sumOf(those, ({ costNanoUsd }) => costNanoUsd))} would be refused: ${reason}.`;
  });
}

/** Why an environment would not serve such requests. Keys that no file declares are made at run time, and not judged. */
function refusalOf({ team, key, model }: SpentGroup, environment: Environment): string | undefined {
  if (entriesOf(environment, model).length === 0) return `there is no model ${model}`;
  if (team === undefined || key === undefined) return undefined;
  const found = environment.teams.find(({ team_alias: alias }) => alias === team);
  if (found === undefined) return `there is no team ${team}`;
  const declared = found.virtual_keys.find(({ key_alias: alias }) => alias === key);
  if (declared === undefined) return `there is no key ${key} of team ${team}`;
  const isAllowed = found.models.includes(model) && (declared.models ?? found.models).includes(model);
  return isAllowed ? undefined : `key ${key} of team ${team} may not use ${model}`;
}

function budgetLines(
  { days }: RecordedSpend,
  { before, after }: { before: Environment | undefined; after: Environment },
): string[] {
  const earlier = new Map(payersOf(before).map((payer) => [`${payer.scope} ${payer.id}`, payer.limits]));
  return payersOf(after).flatMap(({ scope, id, title, limits }) => {
    const known = earlier.get(`${scope} ${id}`);
    const own = days.filter((day) => day.scope === scope && day.id === id);
    const spent = overspent(own, limits);
    const wasRefused = known !== undefined && overspent(own, known) !== undefined;
    if (spent === undefined || wasRefused) return [];
    return [
      `${title} spent ${shown(spent)} in one window of its budget, more than the ${writtenUsd(limits.max_budget ?? 0)} that it gets: it would be refused.`,
    ];
  });
}

function overspent(days: RecordedSpend['days'], limits: Payer['limits']): number | undefined {
  if (limits.max_budget === undefined) return undefined;
  const spent = mostInOneWindow(days, limits.budget_duration);
  return spent !== undefined && spent > usdToNanoUsd(limits.max_budget) ? spent : undefined;
}

function sumOf<T>(items: readonly T[], cost: (item: T) => number): number {
  return items.reduce((sum, item) => sum + cost(item), 0);
}

function shown(nanoUsd: number): string {
  return usd(Math.round(nanoUsd / CENT_NANO_USD) / 100);
}
