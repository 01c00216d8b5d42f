/** Series in promtool's notation, a value each minute from 0 on. */
export type Series = Readonly<Record<string, string>>;

/** One moment of one alert. */
export interface AlertCase {
  readonly alert: string;
  readonly title: string;
  readonly series: Series;
  readonly atMinute: number;
  /** The labels of each series that the alert goes off for; left out: it stays silent. */
  readonly fires?: readonly Series[];
}

/** An alert about everything at once has no labels of a series. */
export const ONCE: readonly Series[] = [{}];

/** Errors of one code and their running count. */
export function errors(code: string, values: string): Series {
  return { [`tollgate_errors_total{code="${code}",model="chat",team="search"}`]: values };
}
