// `npm run bench:render`: what a rendering costs as environments become many. `--help` tells how.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { formatProblem } from '../../environments/schema/parse-yaml.ts';
import { render } from '../../generators/render.ts';
import { writeDist } from '../../generators/write-dist.ts';
import { makeTempFolder, removeFolder } from '../support/temp-folder.ts';
import { MOST_ENVIRONMENTS, writeManyEnvironments } from './many-environments.ts';
import { describeCost, judgeCosts, type RenderCost } from './render-cost.ts';

const HELP = `Renders 10, 50 and 100 environments like prod: reads, checks, renders and validates them, and writes dist/.

  npm run bench:render
  npm run bench:render -- --counts 5,20    up to ${MOST_ENVIRONMENTS} environments

Prints what each takes. Fails where 100 take more than 10 s of CPU, or one of many costs more than one of few. CPU,
since whatever else runs on the machine does not count; the disk that dist/ is written to does not either.`;

function main(args: string[]): void {
  const { values } = parseArgs({
    args,
    options: { counts: { type: 'string', default: '10,50,100' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help === true) return console.log(HELP);
  const counts = values.counts.split(',').map(toCount);

  measure(counts[0] ?? 1);
  const costs = counts.map(measure);
  for (const cost of costs) console.log(describeCost(cost));
  const complaints = judgeCosts(costs);
  if (complaints.length > 0) throw new Error(complaints.join('\n'));
}

/** Throws where an environment is not as it should be. */
function measure(count: number): RenderCost {
  const root = makeTempFolder();
  try {
    writeManyEnvironments(root, count);
    const start = performance.now();
    const before = process.cpuUsage();
    const { files, problems } = render(root, new Date());
    const { user, system } = process.cpuUsage(before);
    const rendered = performance.now();
    writeDist(join(root, 'dist'), files);
    const errors = problems.filter(({ level }) => level === 'error');
    if (errors.length > 0) throw new Error(errors.map(formatProblem).join('\n'));
    const times = { cpuMs: (user + system) / 1_000, renderMs: rendered - start, writeMs: performance.now() - rendered };
    return { count, files: files.size, ...times };
  } finally {
    removeFolder(root);
  }
}

function toCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= MOST_ENVIRONMENTS) return count;
  throw new Error(`--counts has ${text}: use whole numbers from 1 to ${MOST_ENVIRONMENTS}`);
}

try {
  main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
