import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { GitHub } from './connect-to-github.ts';

const EXECUTABLE_OR_PLAIN = /^100(644|755)$/;

/** What makes a commit's folders equal to those on disk; paths from the repository's root. */
export interface FileChanges {
  readonly additions: ReadonlyMap<string, Buffer>;
  readonly deletions: readonly string[];
}

/**
 * Compares `folders` (such as `dist`) below `root` on disk with the same folders of a commit on GitHub, without a
 * checkout of it. Throws where a folder is missing or empty, or holds anything but files and folders, and where the
 * commit has a submodule in it.
 */
export async function findFolderChanges(
  github: GitHub,
  commit: string,
  root: string,
  folders: readonly string[],
): Promise<FileChanges> {
  const wanted = new Map(folders.flatMap((folder) => readFolder(root, folder)));
  const committed = await readCommit(github, commit, folders);
  return {
    additions: new Map([...wanted].filter(([path, bytes]) => committed.get(path) !== blobId(bytes))),
    deletions: [...committed.keys()].filter((path) => !wanted.has(path)),
  };
}

function readFolder(root: string, folder: string): [string, Buffer][] {
  const top = join(root, folder);
  if (!existsSync(top) || !lstatSync(top).isDirectory()) throw new Error(`there is no folder ${folder}/ in ${root}`);
  const entries = readdirSync(top, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory());
  if (entries.length === 0) throw new Error(`${folder}/ in ${root} has no files: that would delete all of it`);
  return entries.map((entry) => {
    const file = join(entry.parentPath, entry.name);
    const path = relative(root, file).replaceAll('\\', '/');
    if (!entry.isFile()) throw new Error(`${path} is neither a file nor a folder: nothing is written`);
    return [path, readFileSync(file)];
  });
}

/** Blob ids by path. A symbolic link has no id that a file could have, so that a file takes its place. */
async function readCommit(github: GitHub, commit: string, folders: readonly string[]): Promise<Map<string, string>> {
  const { rest, repository } = github;
  const { data } = await rest.rest.git.getTree({ ...repository, tree_sha: commit, recursive: 'true' });
  if (data.truncated) throw new Error(`GitHub does not list all files of ${commit}: it has too many`);
  const entries = data.tree.filter(({ path }) => folders.some((folder) => path.startsWith(`${folder}/`)));
  const submodule = entries.find(({ type }) => type === 'commit');
  if (submodule !== undefined)
    throw new Error(`${submodule.path} of ${commit} is a submodule, which is not replaced: git rm it, and push`);
  const files = entries.filter(({ type }) => type === 'blob');
  return new Map(files.map(({ path, sha, mode }) => [path, EXECUTABLE_OR_PLAIN.test(mode) ? sha : '']));
}

function blobId(bytes: Buffer): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
