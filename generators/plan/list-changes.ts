import { readGit, splitAtNul } from './git.ts';
import type { ComparedCommits } from './resolve-commits.ts';

export interface ChangedPath {
  /** From the top of the repository, with slashes. */
  readonly path: string;
  readonly kind: 'added' | 'changed' | 'removed';
}

/** What a plan reads; new files elsewhere in a work tree are nobody's business. */
export const PLANNED_FOLDERS = ['environments', 'dist'];

const KINDS: Readonly<Record<string, ChangedPath['kind']>> = { A: 'added', D: 'removed' };

/**
 * Every path that differs, sorted; a renamed file is one removed and one added. Of another repository that stands in
 * this one the commit counts, and it is not looked into.
 */
export function listChanges(root: string, { base, head }: ComparedCommits): ChangedPath[] {
  const options = [
    '--name-status',
    '-z',
    '--no-renames',
    '--no-ext-diff',
    '--no-textconv',
    '--ignore-submodules=dirty',
  ];
  const sides = head === undefined ? [base] : [base, head];
  const fields = splitAtNul(readGit(root, ['diff', ...options, ...sides, '--']));
  const changes: ChangedPath[] = [];
  for (let index = 0; index + 1 < fields.length; index += 2)
    changes.push({ path: fields[index + 1] ?? '', kind: KINDS[fields[index] ?? ''] ?? 'changed' });
  if (head === undefined) changes.push(...listUntracked(root, changes));
  return changes.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** A file that left the index and still lies there is told already. */
function listUntracked(root: string, known: readonly ChangedPath[]): ChangedPath[] {
  const paths = splitAtNul(
    readGit(root, ['ls-files', '-z', '--others', '--exclude-standard', '--', ...PLANNED_FOLDERS]),
  );
  const told = new Set(known.map(({ path }) => path));
  return paths.filter((path) => !told.has(path)).map((path) => ({ path, kind: 'added' }));
}
