import { LOW_RATE, type Sample } from './measure.ts';

/** One line of the table: medians over the rounds, and what they are of the two yardsticks (undefined without them). */
export interface Figures {
  readonly target: string;
  readonly requestsPerSecond: number;
  readonly cpuMicrosPerRequest: number;
  readonly addedP50Micros: number;
  readonly addedP99Micros: number;
  readonly requestsOfBare: number | undefined;
  readonly requestsOfNginx: number | undefined;
  readonly cpuOfBare: number | undefined;
  readonly cpuOfNginx: number | undefined;
  readonly errors: number;
}

/** Medians of each gateway's rounds, in the order in which they were measured. */
export function summarise(samples: readonly Sample[]): Figures[] {
  const medianOf = (target: string, read: (sample: Sample) => number) =>
    median(samples.filter((sample) => sample.target === target).map(read));
  const targets = [...new Set(samples.map(({ target }) => target))].filter((target) => target !== 'direct');

  return targets.map((target) => {
    const own = (read: (sample: Sample) => number) => medianOf(target, read);
    const added = (read: (sample: Sample) => number) => own(read) - medianOf('direct', read);
    const share = (yardstick: string, read: (sample: Sample) => number) =>
      targets.includes(yardstick) ? own(read) / medianOf(yardstick, read) : undefined;
    return {
      target,
      requestsPerSecond: own(requestsPerSecond),
      requestsOfBare: share('bare', requestsPerSecond),
      requestsOfNginx: share('nginx', requestsPerSecond),
      cpuMicrosPerRequest: own(cpuMicrosPerRequest),
      cpuOfBare: share('bare', cpuMicrosPerRequest),
      cpuOfNginx: share('nginx', cpuMicrosPerRequest),
      addedP50Micros: added((sample) => sample.p50Micros),
      addedP99Micros: added((sample) => sample.p99Micros),
      errors: samples.reduce((sum, sample) => sum + (sample.target === target ? sample.errors : 0), 0),
    };
  });
}

function requestsPerSecond(sample: Sample): number {
  return sample.requestsPerSecond;
}

function cpuMicrosPerRequest(sample: Sample): number {
  return sample.cpuMicrosPerRequest;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

const HEADINGS = [
  '',
  ['requests/s', 'of bare', 'of nginx'],
  ['CPU us/request', 'of bare', 'of nginx'],
  ['added p50 us', 'added p99 us', 'errors'],
].flat();

/** The figures as a table in plain text. */
export function formatTable(figures: readonly Figures[]): string {
  const rows = figures.map((line) => [
    line.target,
    Math.round(line.requestsPerSecond).toLocaleString('en-US'),
    percent(line.requestsOfBare),
    percent(line.requestsOfNginx),
    line.cpuMicrosPerRequest.toFixed(1),
    percent(line.cpuOfBare),
    percent(line.cpuOfNginx),
    String(Math.round(line.addedP50Micros)),
    String(Math.round(line.addedP99Micros)),
    String(line.errors),
  ]);
  const widths = HEADINGS.map((_, column) => Math.max(...[HEADINGS, ...rows].map((row) => row[column]?.length ?? 0)));
  return [HEADINGS, ...rows].map((row) => formatRow(row, widths)).join('\n');
}

/** What the figures are, in one paragraph under the table. */
export const EXPLANATION = `requests/s: the load generator asks without pause. CPU: user and system time of the gateway's processes, with what it
writes behind. Added: latency minus that of the upstream asked directly, with ${LOW_RATE.connections} connection that pauses ${LOW_RATE.pauseMs} ms after each answer.`;

function formatRow(row: readonly string[], widths: readonly number[]): string {
  const [first = '', ...rest] = row;
  const cells = rest.map((cell, index) => cell.padStart(widths[index + 1] ?? 0));
  return [first.padEnd(widths[0] ?? 0), ...cells].join('  ');
}

function percent(ratio: number | undefined): string {
  return ratio === undefined ? '-' : `${Math.round(ratio * 100)} %`;
}
