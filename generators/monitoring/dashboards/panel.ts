/** One chart of a dashboard, as its author writes it. */
export interface PanelText {
  readonly title: string;
  /** What it shows and what to make of it, for somebody who sees it for the first time. */
  readonly description: string;
  /** One of Grafana's units, such as `reqps`, `s`, `percentunit`, `currencyUSD`, `bytes`. */
  readonly unit: string;
  /** Lines over time, one number, or a bar for each series. */
  readonly kind: 'lines' | 'number' | 'bars';
  readonly queries: readonly Query[];
  /** Where it turns orange and red: above these values, or below them where `red` is the lower. */
  readonly thresholds?: { readonly orange: number; readonly red: number };
}

export interface Query {
  /** PromQL; may use Grafana's `$__rate_interval` and `$__range`. */
  readonly expression: string;
  /** Names a series by its labels, such as `{{model}}`. */
  readonly legend: string;
}

export interface DashboardText {
  /** Names the file, the ConfigMap and, for ever, the address in Grafana: `tollgate-<name>`. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly panels: readonly PanelText[];
}

/** The usual quantiles of a histogram, by the further labels given. */
export function quantiles(histogram: string, shares: readonly number[], by?: string): Query[] {
  const labels = by === undefined ? 'le' : `${by}, le`;
  return shares.map((share) => ({
    expression: `histogram_quantile(${share}, sum by (${labels}) (rate(${histogram}_bucket[$__rate_interval])))`,
    legend: by === undefined ? `p${share * 100}` : `{{${by}}} p${share * 100}`,
  }));
}
