import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatProblem, problemOf, type Problem } from '../../environments/schema/parse-yaml.ts';
import { BicepProcess, BicepUnavailable } from './bicep-process.ts';
import { compileTemplates } from './compile-templates.ts';
import { evaluateEnvironment } from './evaluate-environment.ts';
import type { Infrastructure } from './infra-parameters.ts';
import { resourcesText } from './predicted-resources.ts';

const FOLDER = 'infra';

export interface EvaluationWanted {
  /** The repository's folder. Without its infra/ there is nothing to evaluate. */
  readonly root: string;
  readonly infrastructure: readonly Infrastructure[];
  /** Left out: every environment. */
  readonly environmentName?: string | undefined;
  /**
   * Of this process. BICEP_PATH: where Bicep is, which is otherwise found on PATH. CI: with `true` a missing Bicep is an
   * error, since nobody reads warnings there.
   */
  readonly variables: NodeJS.ProcessEnv;
}

export interface Evaluation {
  /** `<env>/infra/resources.json` by path below dist/: fresh, or as it is in dist/ where there is no Bicep. */
  readonly files: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

/** What infra/ would create for every environment: evaluated with no login, in one process of the Bicep compiler. */
export async function evaluateInfrastructure(options: EvaluationWanted): Promise<Evaluation> {
  const { root, environmentName, variables } = options;
  const infrastructure = options.infrastructure.filter(
    ({ environment }) => environmentName === undefined || environment === environmentName,
  );
  if (infrastructure.length === 0 || !existsSync(join(root, FOLDER))) return { files: new Map(), problems: [] };
  const wanted = { ...options, infrastructure };
  try {
    return await evaluateAll(wanted, await BicepProcess.start(variables['BICEP_PATH'] || 'bicep', variables));
  } catch (error) {
    if (error instanceof BicepUnavailable) return keepCommitted(wanted, [notEvaluated(error.message, variables['CI'])]);
    throw error;
  }
}

async function evaluateAll(wanted: EvaluationWanted, bicep: BicepProcess): Promise<Evaluation> {
  const scratch = mkdtempSync(join(realpathSync(tmpdir()), 'tollgate-bicep-'));
  try {
    const problems = await compileTemplates(bicep, realpathSync(wanted.root), scratch);
    if (problems.length > 0) return keepCommitted(wanted, withoutRepeats(problems));
    return await evaluateEach(wanted, bicep, scratch);
  } finally {
    await bicep.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function evaluateEach(
  { infrastructure }: EvaluationWanted,
  bicep: BicepProcess,
  scratch: string,
): Promise<Evaluation> {
  const files = new Map<string, string>();
  const problems: Problem[] = [];
  for (const each of infrastructure) {
    const found = await evaluateEnvironment(bicep, each, scratch);
    files.set(resourcesPath(each), resourcesText(found.resources));
    problems.push(...found.problems);
  }
  return { files, problems };
}

/** A module that several templates call is told once. */
function withoutRepeats(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [formatProblem(problem), problem])).values()];
}

function keepCommitted({ root, infrastructure }: EvaluationWanted, problems: readonly Problem[]): Evaluation {
  return { files: committedResources(join(root, 'dist'), infrastructure), problems };
}

function notEvaluated(reason: string, ci: string | undefined): Problem {
  const message = `not evaluated, and resources.json of dist/ left as it is: ${reason}`;
  return { ...problemOf(FOLDER, message), level: ci === 'true' ? 'error' : 'warning' };
}

/** Every `<env>/infra/resources.json` that the folder `dist` has. */
export function committedResources(dist: string, infrastructure: readonly Infrastructure[]): Map<string, string> {
  const paths = infrastructure.map(resourcesPath).filter((path) => existsSync(join(dist, path)));
  return new Map(paths.map((path) => [path, readFileSync(join(dist, path), 'utf8')]));
}

function resourcesPath({ environment }: Infrastructure): string {
  return `${environment}/infra/resources.json`;
}
