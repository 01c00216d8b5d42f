import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { loadEnvironments } from '../../../environments/schema/load-environments.ts';
import { formatProblem } from '../../../environments/schema/parse-yaml.ts';
import { makePlan } from '../../../generators/plan/make-plan.ts';
import type { Plan } from '../../../generators/plan/plan.ts';
import { renderEnvironments, type Rendering } from '../../../generators/render.ts';
import { writeDist } from '../../../generators/write-dist.ts';
import { makeTempFolder, removeFolder } from '../../support/temp-folder.ts';
import { editResources, type ResourceEdit } from './edit-resources.ts';
import { runGit } from './plan-repository.ts';

/** `change.json` of a folder of test/fixtures/azure-changes. */
export interface AzureChangeCase {
  readonly environment: string;
  /** Of environment.yaml: texts and what stands there instead. */
  readonly settings?: readonly (readonly [string, string])[];
  /** Of resources.json on the side before, where that is not as it is committed here. */
  readonly before?: readonly ResourceEdit[];
  /** Of resources.json, in place of the compiler, which is not asked here. */
  readonly resources?: readonly ResourceEdit[];
  /** The whole environment comes or goes. */
  readonly whole?: 'added' | 'removed';
}

export const ROOT = join(import.meta.dirname, '../../..');
const FOLDER = join(ROOT, 'test/fixtures/azure-changes');
const NOW = new Date('2026-11-24T10:00:00Z');

/** The names of the cases, which are folders of test/fixtures/azure-changes. */
export function azureChanges(): string[] {
  const entries = readdirSync(FOLDER, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** Where the plan of a case is written. */
export function planPath(name: string): string {
  return join(FOLDER, name, 'plan.md');
}

/** The plan that was reviewed; empty where it is not written yet. */
export function reviewedPlan(name: string): string {
  return existsSync(planPath(name)) ? readFileSync(planPath(name), 'utf8') : '';
}

/** What a case changes. */
export function readCase(name: string): AzureChangeCase {
  return JSON.parse(readFileSync(join(FOLDER, name, 'change.json'), 'utf8')) as AzureChangeCase;
}

/** The plan of a case, from two commits of a repository of the test's own, which starts as this one is. */
export function planOfCase(name: string): Plan {
  const root = makeTempFolder();
  onTestFinished(() => removeFolder(root));
  const change = readCase(name);
  const folder = join(root, 'environments', change.environment);
  copyEnvironments(root);
  if (change.whole === 'added') rmSync(folder, { recursive: true });
  runGit(root, ['init', '--quiet', '--initial-branch', 'main']);
  const edit = (edits: readonly ResourceEdit[]) => (environment: string, text: string) =>
    environment === change.environment ? editResources(text, edits) : text;
  renderAndCommit(root, edit(change.before ?? []));
  if (change.whole === 'removed') rmSync(folder, { recursive: true });
  if (change.whole === 'added') cpSync(join(ROOT, 'environments', change.environment), folder, { recursive: true });
  writeSettings(root, change);
  renderAndCommit(root, edit(change.resources ?? []));
  const made = makePlan(root, { base: 'HEAD~1', head: 'HEAD', labels: [], now: NOW });
  return { ...made, base: 'main', head: name };
}

/** Puts dev and prod of this repository below `root`; whatever else somebody has added is no part of the cases. */
export function copyEnvironments(root: string): void {
  for (const name of ['policy.yaml', 'dev', 'prod'])
    cpSync(join(ROOT, 'environments', name), join(root, 'environments', name), { recursive: true });
}

/** Edits the environment.yaml of a case below `root`. */
export function writeSettings(root: string, { environment, settings = [] }: AzureChangeCase): void {
  const path = join(root, 'environments', environment, 'environment.yaml');
  for (const [from, to] of settings) {
    const text = readFileSync(path, 'utf8');
    if (!text.includes(from)) throw new Error(`${path} does not have ${from}`);
    writeFileSync(path, text.replace(from, to));
  }
}

/** What is rendered of an environment in Azure, as it is committed here. */
export function committedResources(environment: string): string {
  return readFileSync(join(ROOT, 'dist', environment, 'infra/resources.json'), 'utf8');
}

/** What the environments below `root` render, but for what takes the compiler. */
export function renderBelow(root: string): Rendering {
  const { environments, problems } = loadEnvironments(join(root, 'environments'), { now: NOW });
  const errors = problems.filter(({ level }) => level === 'error').map(formatProblem);
  if (errors.length > 0) throw new Error(errors.join('\n'));
  const written = JSON.stringify(environments);
  const rendering = renderings.get(written) ?? renderEnvironments(environments);
  renderings.set(written, rendering);
  return rendering;
}

/** By what they are made from: all cases start from the same. */
const renderings = new Map<string, Rendering>();

function renderAndCommit(root: string, edit: (environment: string, text: string) => string): void {
  const { files, infrastructure } = renderBelow(root);
  writeDist(join(root, 'dist'), files);
  for (const { environment } of infrastructure) {
    const path = join(root, 'dist', environment, 'infra/resources.json');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, edit(environment, committedResources(environment)));
  }
  runGit(root, ['add', '--all']);
  runGit(root, ['commit', '--quiet', '--allow-empty', '--message', 'recorded']);
}
