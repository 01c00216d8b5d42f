import type { Metric, Registry } from 'prom-client';

/** Upper bounds in seconds: from a cache hit to the longest answer that a model may take. */
const ANSWER_BOUNDS = [0.005, 0.02, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600];

interface DurationMetric {
  readonly name: string;
  readonly help: string;
  readonly labelName: string;
  /** Upper bounds in seconds, ascending. @default ANSWER_BOUNDS */
  readonly bounds?: readonly number[];
}

interface Durations {
  /** How many fell under each bound and above the one before; the last is above all. */
  readonly counts: number[];
  sum: number;
}

/** A histogram in Prometheus' sense that costs the request path two additions; put together when it is scraped. */
export class DurationTally {
  readonly name: string;
  readonly #help: string;
  readonly #labelName: string;
  readonly #bounds: readonly number[];
  readonly #byLabel = new Map<string, Durations>();

  constructor(registry: Registry, { name, help, labelName, bounds = ANSWER_BOUNDS }: DurationMetric) {
    this.name = name;
    this.#help = help;
    this.#labelName = labelName;
    this.#bounds = bounds;
    // What the registry needs of a metric is its name and `get`.
    registry.registerMetric(this as unknown as Metric);
  }

  observe(label: string, seconds: number): void {
    const bounds = this.#bounds;
    let durations = this.#byLabel.get(label);
    if (durations === undefined) {
      durations = { counts: Array.from({ length: bounds.length + 1 }, () => 0), sum: 0 };
      this.#byLabel.set(label, durations);
    }
    let bound = 0;
    while (bound < bounds.length && seconds > (bounds[bound] ?? 0)) bound += 1;
    durations.counts[bound] = (durations.counts[bound] ?? 0) + 1;
    durations.sum += seconds;
  }

  /** The metric as prom-client writes it: cumulative buckets, sum and count. */
  async get(): Promise<object> {
    const values = [...this.#byLabel].flatMap(([label, durations]) => this.#valuesOf(label, durations));
    return { name: this.name, help: this.#help, type: 'histogram', values, aggregator: 'sum' };
  }

  #valuesOf(label: string, { counts, sum }: Durations): object[] {
    const labels = { [this.#labelName]: label };
    let total = 0;
    const buckets = counts.map((count, index) => {
      total += count;
      const le = this.#bounds[index] ?? '+Inf';
      return { metricName: `${this.name}_bucket`, labels: { le, ...labels }, value: total };
    });
    return [
      ...buckets,
      { metricName: `${this.name}_sum`, labels, value: sum },
      { metricName: `${this.name}_count`, labels, value: total },
    ];
  }
}
