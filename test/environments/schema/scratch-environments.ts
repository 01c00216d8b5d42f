import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { loadEnvironments } from '../../../environments/schema/load-environments.ts';
import { formatProblem } from '../../../environments/schema/parse-yaml.ts';

export const FIXTURES = join(import.meta.dirname, '../../fixtures/environments');
/** The fixtures' keys are judged by this day. */
export const TODAY = new Date('2026-11-24T12:00:00Z');

/** A temporary copy of the sound environments, with the files of `overlay` laid over it and those of its remove.txt gone. */
export function scratchEnvironments(overlay?: string): string {
  const root = mkdtempSync(join(tmpdir(), 'tollgate-environments-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  cpSync(join(FIXTURES, 'sound'), root, { recursive: true });
  if (overlay !== undefined) layOver(root, overlay);
  return root;
}

/** Puts the files of `overlay` into an environments folder, and takes those of its remove.txt away. */
export function layOver(root: string, overlay: string): void {
  cpSync(overlay, root, { recursive: true, filter: isAuthored });
  const removals = join(overlay, 'remove.txt');
  if (!existsSync(removals)) return;
  for (const path of readFileSync(removals, 'utf8').trim().split('\n')) rmSync(join(root, path));
}

/** Every problem below `root` as it is printed, with paths from there. */
export function problemsOf(root: string): string[] {
  return loadEnvironments(root, { now: TODAY }).problems.map((problem) =>
    formatProblem(problem).replaceAll(`${root}/`, ''),
  );
}

function isAuthored(path: string): boolean {
  return !/(expected|remove)\.txt$/.test(path);
}
