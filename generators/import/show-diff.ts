import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Refusal } from '../command-line/refusal.ts';
import type { PlannedFile } from './plan-files.ts';

const MAX_DIFF_BYTES = 64 * 1_048_576;

/** What an import would change, as Git shows it. Throws a Refusal where there is no git. */
export function diffText(files: readonly PlannedFile[]): string {
  const scratch = mkdtempSync(join(tmpdir(), 'tollgate-import-'));
  const write = (side: string, path: string, text: string) => {
    mkdirSync(dirname(join(scratch, side, path)), { recursive: true });
    writeFileSync(join(scratch, side, path), text);
  };
  try {
    for (const side of ['a', 'b']) mkdirSync(join(scratch, side));
    for (const { path, before, text } of files) {
      if (before !== undefined) write('a', path, before);
      write('b', path, text);
    }
    const args = ['--no-pager', 'diff', '--no-index', '--no-prefix', '--no-ext-diff', '--no-color', 'a', 'b'];
    const git = spawnSync('git', args, { cwd: scratch, encoding: 'utf8', maxBuffer: MAX_DIFF_BYTES });
    if (git.error !== undefined) throw new Refusal(`the diff needs git, which did not run: ${git.error.message}`);
    return git.stdout;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
