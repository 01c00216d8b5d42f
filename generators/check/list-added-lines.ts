import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAddedLines, type AddedLine } from '../../environments/schema/read-added-lines.ts';
import { readGit, splitAtNul } from '../plan/git.ts';

// What a file's attributes say counts for nothing: a change could call a file binary to keep its lines unread.
const OPTIONS = ['--unified=0', '--text', '--no-renames', '--no-color', '--no-ext-diff', '--no-textconv'];
const PREFIXES = ['--src-prefix=a/', '--dst-prefix=b/', '--ignore-submodules'];
const MAX_NEW_FILE_BYTES = 1_048_576;

/** Every line that the work tree has more than a commit, those of new files included. Throws a PlanRefusal. */
export function listAddedLines(root: string, base: string): AddedLine[] {
  const diff = readGit(root, ['-c', 'core.quotePath=false', 'diff', ...OPTIONS, ...PREFIXES, base, '--']);
  const untracked = splitAtNul(readGit(root, ['ls-files', '-z', '--others', '--exclude-standard']));
  return [...readAddedLines(diff.toString('utf8')), ...untracked.flatMap((path) => linesOf(root, path))];
}

/** Git would be asked once for each; a link is not followed, and what is larger is no file that people write. */
function linesOf(root: string, path: string): AddedLine[] {
  const found = lstatSync(join(root, path), { throwIfNoEntry: false });
  if (found?.isFile() !== true || found.size > MAX_NEW_FILE_BYTES) return [];
  const lines = readFileSync(join(root, path), 'utf8').split('\n');
  return lines.map((text, index) => ({ file: path, line: index + 1, text }));
}
