// `npm run check:environments`: whether environments/ is sound and all that is made from it is in step.
import { join, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { environmentNames } from '../environments/schema/load-environment.ts';
import { formatProblem, type Problem } from '../environments/schema/parse-yaml.ts';
import { shownPath } from '../environments/schema/read-authored-file.ts';
import { describeDrift, findDrift } from './diff-dist.ts';
import { render } from './render.ts';
import { staleJsonSchemas } from './write-json-schemas.ts';

const HELP = `Checks environments/, and that dist/ and the editors' JSON Schemas are in step with it.
Prints every problem with its file, line and column; exits 1 on an error. Warnings do not fail.

  npm run check:environments
  npm run check:environments -- --env dev   the problems of one environment alone`;

function main(args: string[]): void {
  const { env, help } = readOptions(args);
  if (help === true) return console.log(HELP);
  // npm runs every script in the repository's folder.
  const root = process.cwd();
  const folder = join(root, 'environments');
  const names = environmentNames(folder);
  if (env !== undefined && !names.includes(env)) return fail(`--env ${env}: environments/ has ${names.join(', ')}`);

  const { files, problems } = render(root, new Date());
  const shown = env === undefined ? problems : problems.filter(isIn(shownPath(join(folder, env))));
  for (const problem of shown) console.error(formatProblem(problem));
  const errors = shown.filter(({ level }) => level === 'error').length;
  const counted = env ?? count(names.length, 'environment');
  console.log(`${counted}: ${count(errors, 'error')}, ${count(shown.length - errors, 'warning')}`);
  if (errors > 0) return fail();
  if (env === undefined) checkInStep(root, files);
}

function checkInStep(root: string, files: ReadonlyMap<string, string>): void {
  const stale = staleJsonSchemas(root);
  if (stale.length > 0) fail(`out of step with the zod schemas: ${stale.join(', ')}\nrun: npm run schema`);
  const drift = findDrift(join(root, 'dist'), files);
  if (drift !== undefined) fail(describeDrift(drift));
}

function isIn(folder: string): (problem: Problem) => boolean {
  return ({ file }) => file.startsWith(folder + sep);
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function fail(message?: string): void {
  if (message !== undefined) console.error(message);
  process.exitCode = 1;
}

function readOptions(args: string[]): { env?: string; help?: boolean } {
  try {
    return parseArgs({ args, options: { env: { type: 'string' }, help: { type: 'boolean', short: 'h' } } }).values;
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${HELP}`);
    return process.exit(1);
  }
}

if (import.meta.main) main(process.argv.slice(2));
