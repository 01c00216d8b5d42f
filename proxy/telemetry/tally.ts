import { Gauge, Counter, type Registry } from 'prom-client';

/** One set of label values and its number; whoever counts often keeps its cell. */
export interface Cell {
  readonly labels: Record<string, string>;
  value: number;
  /** Shown before anything was counted: only then does Prometheus see the first count as an increase. */
  isShownAtZero: boolean;
}

/**
 * A metric that costs the request path an addition: plain numbers by label values, handed to prom-client when somebody
 * scrapes. A name that ends in `_total` is a counter, any other a gauge.
 */
export class Tally {
  readonly #labelNames: readonly string[];
  readonly #cells = new Map<string, Cell>();

  constructor(registry: Registry, name: string, help: string, labelNames: readonly string[]) {
    this.#labelNames = labelNames;
    const cells = this.#cells;
    const Metric = name.endsWith('_total') ? Counter : Gauge;
    const metric = new Metric({
      name,
      help,
      labelNames: [...labelNames],
      registers: [],
      collect() {
        this.reset();
        for (const { labels, value, isShownAtZero } of cells.values())
          if (value !== 0 || isShownAtZero) this.inc(labels, value);
      },
    });
    registry.registerMetric(metric);
    if (labelNames.length === 0) this.show();
  }

  /** Shows the cell of these label values also while it is 0. */
  show(...values: readonly string[]): void {
    this.cell(...values).isShownAtZero = true;
  }

  /** Adds to the cell of these label values, in the order of the label names. */
  add(amount: number, ...values: readonly string[]): void {
    this.cell(...values).value += amount;
  }

  /** The cell of these label values; while it is 0 it is not shown, unless `show` says so. */
  cell(...values: readonly string[]): Cell {
    const key = values.join('\n');
    let cell = this.#cells.get(key);
    if (cell === undefined) {
      const labels = Object.fromEntries(this.#labelNames.map((label, index) => [label, values[index] ?? '']));
      cell = { labels, value: 0, isShownAtZero: false };
      this.#cells.set(key, cell);
    }
    return cell;
  }
}
