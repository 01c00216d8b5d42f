import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAddedLines, withoutNul, type AddedLine } from '../../environments/schema/read-added-lines.ts';
import { PlanRefusal, readGit, splitAtNul } from '../plan/git.ts';

// What a file's attributes say counts for nothing: a change could call a file binary to keep its lines unread.
const OPTIONS = ['--unified=0', '--text', '--no-renames', '--no-color', '--no-ext-diff', '--no-textconv'];
const PREFIXES = ['--src-prefix=a/', '--dst-prefix=b/', '--abbrev=7', '--ignore-submodules'];
const MAX_NEW_FILE_BYTES = 33_554_432;
const MAX_COMMITS = 250;

/**
 * Every line that the work tree has more than a commit, those of new files included, and those that a commit on the way
 * added and a later one took back. Throws a PlanRefusal, also above 250 commits
 * and where a new file has more than 32 MiB.
 */
export function listAddedLines(root: string, base: string): AddedLine[] {
  const untracked = splitAtNul(readGit(root, ['ls-files', '-z', '--others', '--exclude-standard']));
  const last = [...addedSince(root, 'diff', [base]), ...untracked.flatMap((path) => linesOf(root, path))];
  const told = new Set(last.map(identityOf));
  const earlier = commitsSince(root, base)
    .flatMap((commit) => addedBy(root, commit))
    .filter((line) => !told.has(identityOf(line)) && told.add(identityOf(line)));
  return [...last, ...earlier];
}

interface Commit {
  readonly id: string;
  readonly parents: readonly string[];
}

/** From the oldest one on. */
function commitsSince(root: string, base: string): Commit[] {
  const range = ['--parents', '--topo-order', '--reverse', `${base}..HEAD`, '--'];
  const lines = readGit(root, ['rev-list', ...range])
    .toString('utf8')
    .split('\n')
    .slice(0, -1);
  if (lines.length > MAX_COMMITS)
    throw new PlanRefusal(
      `credentials are looked for in every commit since the base: there are ${lines.length}, and ${MAX_COMMITS} are the most: squash them, or split the change`,
    );
  return lines.map((line) => {
    const [id = '', ...parents] = line.split(' ');
    return { id, parents };
  });
}

/** Of a merge what no parent has: all else was added by another commit. */
function addedBy(root: string, { id, parents }: Commit): AddedLine[] {
  const sides = parents.length === 0 ? [[id]] : parents.map((parent) => [parent, id]);
  const [first = [], ...others] = sides.map((side) => addedSince(root, 'diff-tree', side));
  const byOthers = others.map((lines) => new Set(lines.map(identityOf)));
  const added = first.filter((line) => byOthers.every((lines) => lines.has(identityOf(line))));
  return added.map((line) => ({ ...line, commit: id }));
}

function addedSince(root: string, command: 'diff' | 'diff-tree', commits: readonly string[]): AddedLine[] {
  const whole = command === 'diff' ? [] : ['-p', '-r', '--root', '--no-commit-id'];
  const options = [...whole, ...OPTIONS, ...PREFIXES, ...commits, '--'];
  return readAddedLines(readGit(root, ['-c', 'core.quotePath=false', command, ...options]).toString('utf8'));
}

function identityOf({ file, text }: AddedLine): string {
  return `${file}\n${text}`;
}

/** Git would be asked once for each; a link is not followed. */
function linesOf(root: string, path: string): AddedLine[] {
  const found = lstatSync(join(root, path), { throwIfNoEntry: false });
  if (found?.isFile() !== true) return [];
  if (found.size > MAX_NEW_FILE_BYTES)
    throw new PlanRefusal(
      `${path} has ${found.size} bytes, and credentials are looked for in new files of up to ${MAX_NEW_FILE_BYTES}: name it in .gitignore, or take it away`,
    );
  const lines = withoutNul(readFileSync(join(root, path), 'utf8')).split('\n');
  return lines.map((text, index) => ({ file: path, line: index + 1, text }));
}
