import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { loadEnvironments } from '../../../environments/schema/load-environments.ts';
import { makePlan } from '../../../generators/plan/make-plan.ts';
import type { Plan } from '../../../generators/plan/plan.ts';
import { renderEnvironments } from '../../../generators/render.ts';
import { writeDist } from '../../../generators/write-dist.ts';
import { makeTempFolder, removeFolder } from '../../support/temp-folder.ts';
import { committedResources } from './azure-change.ts';
import { editResources, type ResourceEdit } from './edit-resources.ts';

const FOLDER = join(import.meta.dirname, '../../fixtures/pull-requests');
/** What all of them start from. */
const BEFORE = 'before';
/** When they were opened. */
const NOW = new Date('2026-11-24T10:00:00Z');

/** The names of the recorded pull requests, which are folders of test/fixtures/pull-requests. */
export function recordedPullRequests(): string[] {
  return readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== BEFORE)
    .map(({ name }) => name)
    .sort();
}

/** A file of a recorded pull request. */
export function recordedPath(name: string, file: 'change.patch' | 'plan.md'): string {
  return join(FOLDER, name, file);
}

/** The text of one; empty where it is not written yet. */
export function readRecorded(name: string, file: 'change.patch' | 'plan.md'): string {
  const path = recordedPath(name, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

/**
 * The plan of a recorded pull request: both sides are rendered and committed in a repository of the test's own, where
 * the plan is made as anywhere. The commits' ids would differ with every change of a rendering, so names stand for them.
 */
export function planOfRecorded(name: string): Plan {
  const root = makeTempFolder();
  onTestFinished(() => removeFolder(root));
  cpSync(join(FOLDER, BEFORE), root, { recursive: true });
  runGit(root, ['init', '--quiet', '--initial-branch', 'main']);
  renderAndCommit(root, []);
  runGit(root, ['apply', recordedPath(name, 'change.patch')]);
  renderAndCommit(root, changesInAzure(name));
  return { ...makePlan(root, { base: 'HEAD~1', head: 'HEAD', labels: [], now: NOW }), base: 'main', head: name };
}

/** What the compiler, which is not asked here, would make of the change: in prod, and nothing in most. */
function changesInAzure(name: string): ResourceEdit[] {
  const path = join(FOLDER, name, 'resources.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as ResourceEdit[]) : [];
}

/** By what it is made from: all of them start from the same. */
const renderings = new Map<string, ReadonlyMap<string, string>>();

/** As `npm run render` does: with an error it writes nothing. */
function renderAndCommit(root: string, edits: readonly ResourceEdit[]): void {
  const { environments, problems } = loadEnvironments(join(root, 'environments'), { now: NOW });
  const written = JSON.stringify(environments);
  if (!problems.some(({ level }) => level === 'error')) {
    const files = renderings.get(written) ?? renderEnvironments(environments).files;
    renderings.set(written, files);
    writeDist(join(root, 'dist'), files);
    for (const { name } of environments.filter((each) => files.has(`${each.name}/infra/parameters.json`))) {
      const text = committedResources(name);
      writeFileSync(
        join(root, 'dist', name, 'infra/resources.json'),
        name === 'prod' ? editResources(text, edits) : text,
      );
    }
  }
  runGit(root, ['add', '--all']);
  runGit(root, ['commit', '--quiet', '--message', 'recorded']);
}

function runGit(root: string, args: readonly string[]): void {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
  const { status, stderr } = spawnSync('git', ['-C', root, ...identity, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
}
