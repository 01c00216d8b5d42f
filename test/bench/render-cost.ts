/** What it took to render so many environments. */
export interface RenderCost {
  readonly count: number;
  readonly files: number;
  readonly cpuMs: number;
  readonly renderMs: number;
  /** For writing the files to disk. */
  readonly writeMs: number;
}

const MOST_MS_OF_A_HUNDRED = 10_000;
/** One environment among many may cost so much more than one among few: caches and garbage, but no square. */
const MOST_GROWTH = 1.5;

/** One line for people. */
export function describeCost({ count, files, cpuMs, renderMs, writeMs }: RenderCost): string {
  const seconds = (ms: number) => `${(ms / 1_000).toFixed(2).padStart(6)} s`;
  return [
    `${String(count).padStart(4)} environments`,
    `${String(files).padStart(6)} files`,
    `rendered in ${seconds(renderMs)}`,
    `with ${seconds(cpuMs)} of CPU`,
    `${(cpuMs / count).toFixed(1).padStart(6)} ms each`,
    `written in ${seconds(writeMs)}`,
  ].join('  ');
}

/** What is wrong with the costs, which are in the order of their counts; nothing where they are as they should be. */
export function judgeCosts(costs: readonly Pick<RenderCost, 'count' | 'cpuMs'>[]): string[] {
  const slow = costs
    .filter(({ count, cpuMs }) => cpuMs > (MOST_MS_OF_A_HUNDRED * Math.max(count, 100)) / 100)
    .map(
      ({ count, cpuMs }) => `${count} environments took ${Math.round(cpuMs)} ms, more than ${MOST_MS_OF_A_HUNDRED} ms`,
    );
  const [few] = costs;
  const many = costs.at(-1);
  if (few === undefined || many === undefined) return slow;
  const growth = many.cpuMs / many.count / (few.cpuMs / few.count);
  if (growth <= MOST_GROWTH) return slow;
  const times = growth.toFixed(2);
  return [
    ...slow,
    `one of ${many.count} costs ${times} times as much as one of ${few.count}, and ${MOST_GROWTH} is the most`,
  ];
}
