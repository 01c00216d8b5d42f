import { spawnSync, type StdioOptions } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { redactSecrets } from '../environments/schema/find-secrets.ts';
import { writeFiles } from './write-dist.ts';

/** Files by path. */
type Texts = ReadonlyMap<string, string>;

const MAX_DIFF_BYTES = 268_435_456;

/**
 * Prints how one set of files differs from another, as Git tells it and without a credential that stands in it. Both lie
 * in folders of their own, so that its headers name them and no temporary path.
 */
export function printDiff(before: Texts, after: Texts, [old, next]: readonly [string, string] = ['a', 'b']): void {
  const scratch = mkdtempSync(join(tmpdir(), 'tollgate-diff-'));
  try {
    writeFiles(join(scratch, old), before);
    writeFiles(join(scratch, next), after);
    const color = `--color=${process.stdout.isTTY ? 'always' : 'never'}`;
    const args = ['--no-pager', 'diff', '--no-index', '--no-prefix', '--no-ext-diff', color, old, next];
    const stdio: StdioOptions = ['ignore', 'pipe', 'inherit'];
    const git = spawnSync('git', args, { cwd: scratch, encoding: 'utf8', stdio, maxBuffer: MAX_DIFF_BYTES });
    if (git.error !== undefined) console.error(`the lines are not shown, since git did not run: ${git.error.message}`);
    else process.stdout.write(redactSecrets(git.stdout));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
