// `npm run bench:plan`: what the plan of a change costs where there are many environments. `--help` tells how.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { render } from '../../generators/render.ts';
import { writeDist } from '../../generators/write-dist.ts';
import { makeTempFolder, removeFolder } from '../support/temp-folder.ts';
import { writeManyEnvironments } from './many-environments.ts';

const HELP = `Commits 50 environments like prod with their dist/, changes 2 of them, and runs npm run plan between the two commits.

  npm run bench:plan

Prints the CPU that the process takes from its start to its end, the least of 3 runs, since whatever else runs on the
machine does not count; git, which it asks, is not in it. Fails where that is 3 s or more.`;

const ENVIRONMENTS = 50;
const CHANGED = ['bench-007', 'bench-023'];
const RUNS = 3;
const LONGEST_MS = 3_000;
/** Prints what the process has used, in microseconds, as its last line. */
const TELL_CPU =
  'data:text/javascript,process.on("exit",()=>{const{user,system}=process.cpuUsage();console.error(user+system)})';
const MAIN = join(import.meta.dirname, '../../generators/plan/main.ts');

function main(args: string[]): void {
  const { values } = parseArgs({ args, options: { help: { type: 'boolean', short: 'h' } } });
  if (values.help === true) return console.log(HELP);
  const root = makeTempFolder();
  try {
    writeManyEnvironments(root, ENVIRONMENTS);
    commitRendered(root, 'before');
    for (const name of CHANGED) raiseBudget(join(root, 'environments', name, 'keys/search.yaml'));
    commitRendered(root, 'after');
    const cpuMs = Math.min(...Array.from({ length: RUNS }, () => measurePlan(root)));
    console.log(`${ENVIRONMENTS} environments, ${CHANGED.length} changed: ${(cpuMs / 1_000).toFixed(2)} s of CPU`);
    if (cpuMs >= LONGEST_MS) throw new Error(`a plan takes less than ${LONGEST_MS / 1_000} s`);
  } finally {
    removeFolder(root);
  }
}

function commitRendered(root: string, tag: string): void {
  writeDist(join(root, 'dist'), render(root, new Date()).files);
  const author = ['-c', 'user.name=bench', '-c', 'user.email=bench@localhost', '-c', 'commit.gpgSign=false'];
  const git = (...args: string[]) => execFileSync('git', ['-C', root, ...author, ...args], { stdio: 'ignore' });
  if (tag === 'before') git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '-m', tag);
  git('tag', tag);
}

/** The team's, which stands first. */
function raiseBudget(file: string): void {
  const team = JSON.parse(readFileSync(file, 'utf8')) as { max_budget: number };
  writeFileSync(file, JSON.stringify({ ...team, max_budget: team.max_budget + 500 }, null, 2));
}

function measurePlan(root: string): number {
  const args = ['--import', TELL_CPU, MAIN, '--base', 'before', '--head', 'after'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  const isWhole = CHANGED.every((name) => stdout.includes(name));
  if (status !== 0 || !isWhole) throw new Error(`the plan is not what it should be: ${stderr || stdout}`);
  return Number(stderr.trim().split('\n').at(-1)) / 1_000;
}

try {
  main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
