import type { EnvironmentSettings } from '../../../environments/schema/environment-settings.ts';
import { buildDashboard } from './build-dashboard.ts';
import { CACHE } from './cache.ts';
import { LATENCY } from './latency.ts';
import { LEDGER } from './ledger.ts';
import { LIMITS } from './limits.ts';
import type { DashboardText } from './panel.ts';
import { SPEND } from './spend.ts';
import { TRAFFIC } from './traffic.ts';

const DASHBOARDS: readonly DashboardText[] = [TRAFFIC, LATENCY, SPEND, LIMITS, CACHE, LEDGER];

/** The dashboards of an environment. They show what our gateway exports, which the stock LiteLLM image does not. */
export function dashboardsOf({ engine }: EnvironmentSettings): readonly DashboardText[] {
  return engine === 'tollgate' ? DASHBOARDS : [];
}

/** A dashboard's file as Grafana reads it, from a ConfigMap or by an import. */
export function dashboardJson(dashboard: DashboardText): string {
  return `${JSON.stringify(buildDashboard(dashboard), null, 2)}\n`;
}
