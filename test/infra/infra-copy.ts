import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatProblem } from '../../environments/schema/parse-yaml.ts';
import { loadEnvironment } from '../../environments/schema/load-environment.ts';
import type { BicepProcess } from '../../generators/infrastructure/bicep-process.ts';
import { compileTemplates } from '../../generators/infrastructure/compile-templates.ts';
import { evaluateEnvironment } from '../../generators/infrastructure/evaluate-environment.ts';
import { infrastructureOf, type Infrastructure } from '../../generators/infrastructure/infra-parameters.ts';
import { orderResources, type PredictedResource } from '../../generators/infrastructure/predicted-resources.ts';
import { parameterFile } from '../../generators/infrastructure/parameter-file.ts';
import { renderContext } from '../../generators/render-context.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import type { CompiledTemplate } from './rules/compiled-steps.ts';

export const ROOT = join(import.meta.dirname, '../..');

/** What the templates create, or what the compiler says against them. */
export interface Evaluated {
  readonly resources: readonly PredictedResource[];
  readonly problems: readonly string[];
}

/** What an authored environment gives to the templates. */
export function infrastructureNamed(name: string): Infrastructure {
  const { environment } = loadEnvironment(join(ROOT, 'environments', name), { now: new Date() });
  if (environment === undefined) throw new Error(`environment ${name} does not load`);
  return infrastructureOf(renderContext(environment));
}

/** A folder with a copy of infra/, whose path no process of the compiler has read yet. Whoever asks removes it. */
export function copyOfInfra(): string {
  const root = realpathSync(makeTempFolder());
  cpSync(join(ROOT, 'infra'), join(root, 'infra'), { recursive: true });
  return root;
}

/** Compiles the templates below `root` and evaluates them for one environment. */
export async function evaluate(bicep: BicepProcess, root: string, infrastructure: Infrastructure): Promise<Evaluated> {
  const scratch = mkdtempSync(join(root, 'scratch-'));
  const mistakes = await compileTemplates(bicep, root, scratch);
  if (mistakes.length > 0) return { resources: [], problems: mistakes.map(formatProblem) };
  const { resources, problems } = await evaluateEnvironment(bicep, infrastructure, scratch);
  return { resources, problems: problems.map(formatProblem) };
}

/** Evaluates main.bicep, which nobody deploys, below `root` for one environment. */
export async function evaluateMain(
  bicep: BicepProcess,
  root: string,
  infrastructure: Infrastructure,
): Promise<Evaluated> {
  const { subscriptionId, parameters } = infrastructure;
  const path = join(mkdtempSync(join(root, 'scratch-')), 'main.bicepparam');
  writeFileSync(path, parameterFile('../infra/main.bicep', { ...parameters }));
  const snapshot = await bicep.snapshot(path, { subscriptionId, location: parameters.core.location });
  const problems = [...(await bicep.diagnose(path)), ...snapshot.diagnostics];
  return {
    resources: orderResources(snapshot.predictedResources),
    problems: problems.map((each) => JSON.stringify(each)),
  };
}

/** main.bicep below `root` and all that it calls as the compiler writes it. Throws what it says against them. */
export async function compileMain(bicep: BicepProcess, root: string): Promise<CompiledTemplate> {
  const { contents, diagnostics } = await bicep.compile(join(root, 'infra/main.bicep'));
  if (contents === undefined || diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
  return JSON.parse(contents) as CompiledTemplate;
}

/** The text of every template below `root`/infra, by path there. */
export function templatesBelow(root: string): Map<string, string> {
  const folder = join(root, 'infra');
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.bicep'));
  return new Map(paths.toSorted().map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}
