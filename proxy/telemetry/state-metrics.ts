import { Gauge } from 'prom-client';
import type { AnswerCache } from '../cache/answer-cache.ts';
import type { BudgetLevel, Budgets } from '../limits/budgets.ts';
import type { Spend } from '../spend/start-spend.ts';
import { NANO_USD_PER_USD } from '../../environments/schema/money.ts';
import type { GatewayMetrics } from './metrics.ts';

export interface GatewayState {
  readonly spend: Pick<Spend, 'database' | 'isWritable'>;
  readonly budgets: Pick<Budgets, 'levels'>;
  readonly cache: () => Pick<AnswerCache, 'isUsable'> | undefined;
}

/** Each budget is three series of every pod; those of the file that come after so many are not shown. */
const MOST_BUDGETS = 2_000;

/** Whether a part is missing, and how budgets stand. Read when it is scraped, so that no request pays for it. */
export function exposeState({ registry }: GatewayMetrics, { spend, budgets, cache }: GatewayState): void {
  function gauge(name: string, help: string, labelNames: string[], collect: (gauge: Gauge) => void): void {
    const metric = new Gauge({
      name,
      help,
      labelNames,
      registers: [],
      collect() {
        this.reset();
        collect(this);
      },
    });
    registry.registerMetric(metric);
  }

  gauge('tollgate_degraded', '1 while the gateway serves without this part', ['part'], (metric) => {
    metric.set({ part: 'database' }, Number(spend.database === 'unavailable'));
    metric.set({ part: 'journal' }, Number(!spend.isWritable));
    metric.set({ part: 'cache' }, Number(cache()?.isUsable === false));
  });

  function budgetGauge(name: string, help: string, nanoUsdOf: (level: BudgetLevel) => number): void {
    gauge(name, help, ['scope', 'id'], (metric) => {
      for (const level of budgets.levels().slice(0, MOST_BUDGETS))
        metric.set({ scope: level.scope, id: level.id }, nanoUsdOf(level) / NANO_USD_PER_USD);
    });
  }

  budgetGauge('tollgate_budget_limit_usd', 'What may be spent in a window', ({ limitNanoUsd }) => limitNanoUsd);
  budgetGauge('tollgate_budget_spent_usd', 'What this window has cost', ({ spentNanoUsd }) => spentNanoUsd);
  budgetGauge(
    'tollgate_budget_reserved_usd',
    'The worst case of requests in flight',
    ({ reservedNanoUsd }) => reservedNanoUsd,
  );
}
