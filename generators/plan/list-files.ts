import { lstatSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { readGit, splitAtNul } from './git.ts';
import { PLANNED_FOLDERS } from './list-changes.ts';

/** A file of one side, not read yet. */
export interface ListedFile {
  readonly path: string;
  readonly bytes: number;
  /** The id of its content; left out for a file of the work tree. */
  readonly blob?: string;
  /** A link is never followed, nor is another repository, of which only the commit is known. */
  readonly kind: 'file' | 'link' | 'repository';
}

/** The files below environments/ and dist/, of a commit or of the work tree. */
export function listFiles(root: string, commit: string | undefined): ListedFile[] {
  return commit === undefined ? listWorkTree(root) : listCommit(root, commit);
}

function listCommit(root: string, commit: string): ListedFile[] {
  const lines = splitAtNul(readGit(root, ['ls-tree', '-r', '-z', '--long', commit, '--', ...PLANNED_FOLDERS]));
  return lines.map((line) => {
    const tab = line.indexOf('\t');
    const [mode = '', , blob = '', bytes] = line.slice(0, tab).split(/ +/);
    return { path: line.slice(tab + 1), bytes: Number(bytes) || 0, blob, kind: kindOfMode(mode) };
  });
}

function listWorkTree(root: string): ListedFile[] {
  const options = ['-z', '--cached', '--others', '--exclude-standard'];
  const paths = new Set(splitAtNul(readGit(root, ['ls-files', ...options, '--', ...PLANNED_FOLDERS])));
  return [...paths].flatMap((path) => {
    const found = lstatSync(join(root, path), { throwIfNoEntry: false });
    return found === undefined ? [] : [{ path, bytes: found.size, kind: kindOnDisk(found) }];
  });
}

/** A symbolic link is 120000, and a commit of another repository 160000. */
function kindOfMode(mode: string): ListedFile['kind'] {
  if (mode.startsWith('100')) return 'file';
  return mode === '160000' ? 'repository' : 'link';
}

/** Git lists no folder but one that has a repository in it. */
function kindOnDisk(found: Stats): ListedFile['kind'] {
  if (found.isFile()) return 'file';
  return found.isDirectory() ? 'repository' : 'link';
}
