import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFiles } from './write-dist.ts';

/** Files by path. */
type Texts = ReadonlyMap<string, string>;

/**
 * Lets Git print how one set of files differs from another, on standard output. Both lie in folders of their own, so
 * that its headers name them and no temporary path.
 */
export function printDiff(before: Texts, after: Texts, [old, next]: readonly [string, string] = ['a', 'b']): void {
  const scratch = mkdtempSync(join(tmpdir(), 'tollgate-diff-'));
  try {
    writeFiles(join(scratch, old), before);
    writeFiles(join(scratch, next), after);
    const args = ['--no-pager', 'diff', '--no-index', '--no-prefix', '--no-ext-diff', old, next];
    const git = spawnSync('git', args, { cwd: scratch, stdio: 'inherit' });
    if (git.error !== undefined) console.error(`the lines are not shown, since git did not run: ${git.error.message}`);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
