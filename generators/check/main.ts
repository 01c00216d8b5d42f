// `npm run check:environments`: whether environments/ is sound, whether a change keeps the policy, and whether all that
// is made from environments/ is in step.
import { join, sep } from 'node:path';
import { describeNotEvaluated } from '../../environments/schema/evaluate-policy.ts';
import { environmentNames } from '../../environments/schema/load-environment.ts';
import { loadEnvironments } from '../../environments/schema/load-environments.ts';
import { formatProblem, type Problem } from '../../environments/schema/parse-yaml.ts';
import { shownPath } from '../../environments/schema/read-authored-file.ts';
import { sortProblems } from '../../environments/schema/sort-problems.ts';
import { describeDrift, findDrift } from '../diff-dist.ts';
import { evaluateInfrastructure } from '../infrastructure/evaluate-infrastructure.ts';
import { Refusal } from '../command-line/refusal.ts';
import { reportRefusal } from '../command-line/report-refusal.ts';
import { findNonFiles } from '../plan/find-misplaced.ts';
import { isTopFolder, PlanRefusal } from '../plan/git.ts';
import { listFiles } from '../plan/list-files.ts';
import { renderEnvironments, type Rendering } from '../render.ts';
import { staleJsonSchemas } from '../write-json-schemas.ts';
import { judgeChange } from './judge-change.ts';
import { readCheckOptions } from './read-check-options.ts';
import { readEvent } from './read-event.ts';

async function main(args: string[], variables: NodeJS.ProcessEnv): Promise<void> {
  const options = readCheckOptions(args);
  if (options === undefined) return;
  const { env } = options;
  // npm runs every script in the repository's folder.
  const root = process.cwd();
  const folder = join(root, 'environments');
  const names = environmentNames(folder);
  if (env !== undefined && !names.includes(env))
    throw new Refusal(`--env ${env}: environments/ has ${names.join(', ')}`);
  const { GITHUB_EVENT_PATH: eventPath } = variables;
  const event = eventPath === undefined ? {} : readEvent(eventPath, root);

  const now = new Date();
  const loaded = loadEnvironments(folder, { now });
  const rendering = renderEnvironments(loaded.environments);
  const base = options.base ?? event.base;
  const labels = options.labels ?? event.labels;
  const { problems, notEvaluated } = judgeChange(loaded, { root, base, labels, now });
  const misplaced = isTopFolder(root) ? findNonFiles(listFiles(root, undefined)) : [];
  const all = withoutRepeats(sortProblems([...loaded.problems, ...rendering.problems, ...misplaced, ...problems]));
  const shown = env === undefined ? all : all.filter(isIn(shownPath(join(folder, env))));
  for (const problem of shown) console.error(formatProblem(problem));
  const errors = shown.filter(({ level }) => level === 'error').length;
  const counted = env ?? count(names.length, 'environment');
  console.log(`${counted}: ${count(errors, 'error')}, ${count(shown.length - errors, 'warning')}`);
  for (const line of describeNotEvaluated(notEvaluated)) console.log(line);
  if (errors > 0) process.exitCode = 1;
  else if (env === undefined) await checkInStep(root, rendering, variables);
}

async function checkInStep(
  root: string,
  { files, infrastructure }: Rendering,
  variables: NodeJS.ProcessEnv,
): Promise<void> {
  const stale = staleJsonSchemas(root);
  if (stale.length > 0)
    reportRefusal(new Refusal(`out of step with the zod schemas: ${stale.join(', ')}\nrun: npm run schema`), variables);
  const evaluation = await evaluateInfrastructure({ root, infrastructure, variables });
  for (const problem of evaluation.problems) console.error(formatProblem(problem));
  if (evaluation.problems.some(({ level }) => level === 'error')) process.exitCode = 1;
  const drift = findDrift(join(root, 'dist'), new Map([...files, ...evaluation.files]));
  if (drift !== undefined) reportRefusal(new Refusal(describeDrift(drift)), variables);
}

/** A credential in an authored file is found in the file and in the lines that a change adds. */
function withoutRepeats(problems: readonly Problem[]): Problem[] {
  const told = new Set<string>();
  return problems.filter((problem) => {
    const line = formatProblem(problem);
    return !told.has(line) && told.add(line);
  });
}

function isIn(folder: string): (problem: Problem) => boolean {
  return ({ file }) => file.startsWith(folder + sep);
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

try {
  await main(process.argv.slice(2), process.env);
} catch (error) {
  if (!(error instanceof Refusal) && !(error instanceof PlanRefusal)) throw error;
  reportRefusal(error, process.env);
}
