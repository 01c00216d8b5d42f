// `npm run plan`: what a change does, in the words of the comment that a pull request gets.
import { writeFileSync } from 'node:fs';
import { redactSecrets } from '../../environments/schema/find-secrets.ts';
import { Refusal } from '../command-line/refusal.ts';
import { reportRefusal } from '../command-line/report-refusal.ts';
import { addSpend, environmentsWithPast } from './add-spend.ts';
import { expandCharts, type ChartUpgrade } from './expand-charts.ts';
import { askGit, PlanRefusal } from './git.ts';
import { planOf } from './make-plan.ts';
import type { Plan } from './plan.ts';
import { printPlan } from './print-plan.ts';
import { sectionsText } from './print-section.ts';
import { readPlanOptions, type PlanOptions } from './read-plan-options.ts';
import { readSides, type Sides } from './read-side.ts';

/** The charts' registries may be out of reach, and nobody waits for them longer. */
const HELM_MS = 60_000;
const MAIN_BRANCHES = ['origin/main', 'main'];

async function main(args: string[]): Promise<void> {
  const options = readPlanOptions(args);
  if (options === undefined) return;
  // npm runs every script in the repository's folder.
  const root = process.cwd();
  const { head, labels } = options;
  const base = options.base ?? mainBranch(root);
  const now = new Date();
  const sides = readSides(root, { base, now, ...(head !== undefined && { head }) });
  const made = planOf(sides, { now, ...(labels !== undefined && { labels }) });
  const plan = await withSpend(made, sides, options);
  const charts = options.charts ? await upgradesOf(sides) : undefined;
  const extras = charts === undefined ? {} : { charts };
  write(options, options.json ? jsonOf(plan, charts) : sectionsText(printPlan(plan, extras).sections));
}

function mainBranch(root: string): string {
  const isThere = (name: string) =>
    askGit(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]).code === 0;
  const found = MAIN_BRANCHES.find(isThere);
  if (found !== undefined) return found;
  // Whoever reads the commits says that this is no repository.
  if (askGit(root, ['rev-parse', '--git-dir']).code !== 0) return 'main';
  throw new Refusal(`there is neither ${MAIN_BRANCHES.join(' nor ')} here: say with --base what to compare with`);
}

function withSpend(plan: Plan, sides: Sides, { spendUrl: url, spendOf }: PlanOptions): Plan | Promise<Plan> {
  if (url === undefined) return plan;
  return addSpend(plan, sides, { url, environment: spendEnvironment(plan, spendOf), now: new Date() });
}

function upgradesOf({ base, head }: Sides): Promise<ChartUpgrade[]> {
  const paths = [...base.manifests.keys()].filter((path) => base.manifests.get(path) !== head.manifests.get(path));
  const texts = paths.map((path) => ({ path, before: base.manifests.get(path), after: head.manifests.get(path) }));
  return expandCharts(texts, { searchPath: process.env['PATH'], timeoutMs: HELM_MS });
}

/** The environment that the database of --spend-url belongs to. Throws Refusal where none of this change does. */
function spendEnvironment(plan: Plan, name: string | undefined): string {
  const changed = environmentsWithPast(plan);
  const [first] = changed;
  if (first === undefined) throw new Refusal('--spend-url: no environment that stays changes, so its past is the same');
  if (name === undefined && changed.length > 1)
    throw new Refusal(`--spend-url: say with --spend-of which it belongs to: ${changed.join(', ')}`);
  const environment = name ?? first;
  if (!changed.includes(environment))
    throw new Refusal(`--spend-of ${environment}: that does not change; what does: ${changed.join(', ')}`);
  return environment;
}

function jsonOf(plan: Plan, charts: readonly ChartUpgrade[] = []): string {
  return `${redactSecrets(JSON.stringify({ ...plan, charts }, undefined, 2))}\n`;
}

function write({ output }: PlanOptions, text: string): void {
  if (output === undefined) return void process.stdout.write(text);
  try {
    writeFileSync(output, text);
  } catch (error) {
    throw new Refusal(`--output ${output} cannot be written: ${(error as Error).message}`);
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Refusal) && !(error instanceof PlanRefusal)) throw error;
  reportRefusal(error, process.env);
}
