// `npm run diff`: what `npm run render` would change in dist/.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Refusal } from '../command-line/refusal.ts';
import { reportRefusal } from '../command-line/report-refusal.ts';
import { describeDrift, findDrift, readFiles } from '../diff-dist.ts';
import { evaluateInfrastructure } from '../infrastructure/evaluate-infrastructure.ts';
import { printDiff } from '../print-diff.ts';
import { render } from '../render.ts';
import { reportProblems } from '../report-problems.ts';

const HELP = `Shows what \`npm run render\` would change in dist/. Exits 0 when it would change nothing, else 1.

  npm run diff
  npm run diff -- --quiet    the list of files, without their lines`;

async function main(args: string[], variables: NodeJS.ProcessEnv): Promise<void> {
  const { quiet, help } = readOptions(args);
  if (help) return console.log(HELP);

  const root = join(import.meta.dirname, '../..');
  const dist = join(root, 'dist');
  const { files: rendered, infrastructure, problems } = render(root, new Date());
  reportProblems(problems);
  const evaluation = await evaluateInfrastructure({ root, infrastructure, variables });
  reportProblems(evaluation.problems);
  const files = new Map([...rendered, ...evaluation.files]);

  const drift = findDrift(dist, files);
  if (drift === undefined) return console.log('dist/ is in step with environments/');
  if (!quiet) printDiff(readFiles(dist), files, ['committed', 'rendered']);
  reportRefusal(new Refusal(describeDrift(drift)), variables);
}

function readOptions(args: string[]): { quiet?: boolean; help?: boolean } {
  try {
    const flag = { type: 'boolean' } as const;
    return parseArgs({ args, options: { quiet: { ...flag, short: 'q' }, help: { ...flag, short: 'h' } } }).values;
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${HELP}`);
    return process.exit(1);
  }
}

await main(process.argv.slice(2), process.env);
