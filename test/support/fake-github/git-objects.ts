import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

const MAX_ANSWER_BYTES = 100_000_000;
const NO_COMMIT = '0'.repeat(40);

/** A change of one file; without contents it is deleted. */
export interface FileEdit {
  readonly path: string;
  readonly contents?: Buffer;
  /** In place of contents: a submodule at this commit. */
  readonly submodule?: string;
  readonly isExecutable?: boolean;
}

/** A bare Git repository on disk, written through Git's plumbing as GitHub writes it. */
export interface GitObjects {
  readonly folder: string;
  /** The commit of a branch; undefined where there is none. */
  headOf(branch: string): string | undefined;
  commitExists(commit: string): boolean;
  hasPath(commit: string, path: string): boolean;
  /** Makes a commit on a branch, the first one without a parent. Throws where the branch is no longer at `parent`. */
  commit(
    branch: string,
    parent: string | undefined,
    edits: readonly FileEdit[],
    message: string,
    author: string,
  ): string;
  /** Makes the first commit of a branch from files of a folder on disk, but those that its .gitignore names. */
  commitFolder(branch: string, folder: string, paths: readonly string[]): string;
  /** Makes a commit on a branch that has the files of another one. */
  restore(branch: string, commit: string): string;
  createBranch(branch: string, commit: string): void;
  countCommits(base: string, head: string): number;
  /** Where two commits parted; undefined where they have no history in common. */
  mergeBase(base: string, head: string): string | undefined;
  /** A file of a commit; throws where it has none. */
  read(commit: string, path: string): string;
  tree(commit: string): { path: string; mode: string; type: string; sha: string }[] | undefined;
}

export function openGitObjects(folder: string): GitObjects {
  function git(args: readonly string[], input?: string | Buffer, variables: Record<string, string> = {}): string {
    const env = { PATH: process.env['PATH'], ...variables };
    const answer = execFileSync('git', ['-C', folder, ...args], {
      env,
      input: input ?? '',
      maxBuffer: MAX_ANSWER_BYTES,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    return answer.toString().trimEnd();
  }

  function ask(args: readonly string[]): string | undefined {
    try {
      return git(args);
    } catch {
      return undefined;
    }
  }

  function commit(
    branch: string,
    parent: string | undefined,
    edits: readonly FileEdit[],
    message: string,
    author: string,
  ): string {
    const index = join(folder, `index-of-${process.pid}`);
    const variables = { GIT_INDEX_FILE: index };
    try {
      git(['read-tree', parent ?? '--empty'], undefined, variables);
      git(['update-index', '--index-info'], edits.map((edit) => indexLine(edit)).join(''), variables);
      const tree = git(['write-tree'], undefined, variables);
      const oid = git(
        ['commit-tree', tree, ...(parent === undefined ? [] : ['-p', parent]), '-F', '-'],
        message,
        signedFor(author),
      );
      git(['update-ref', `refs/heads/${branch}`, oid, parent ?? NO_COMMIT]);
      return oid;
    } finally {
      rmSync(index, { force: true });
    }
  }

  function commitFolder(branch: string, from: string, paths: readonly string[]): string {
    const index = join(folder, `index-of-${process.pid}`);
    const variables = { GIT_INDEX_FILE: index, GIT_DIR: folder, GIT_WORK_TREE: from };
    try {
      git(['-C', from, 'add', '--', ...paths], undefined, variables);
      const tree = git(['write-tree'], undefined, variables);
      const oid = git(['commit-tree', tree, '-m', 'first'], undefined, signedFor('someone'));
      git(['update-ref', `refs/heads/${branch}`, oid, NO_COMMIT]);
      return oid;
    } finally {
      rmSync(index, { force: true });
    }
  }

  function restore(branch: string, commit: string): string {
    const head = git(['rev-parse', `refs/heads/${branch}`]);
    const args = ['commit-tree', `${commit}^{tree}`, '-p', head, '-m', 'take it back'];
    const oid = git(args, undefined, signedFor('someone'));
    git(['update-ref', `refs/heads/${branch}`, oid, head]);
    return oid;
  }

  function indexLine({ path, contents, submodule, isExecutable = false }: FileEdit): string {
    if (submodule !== undefined) return `160000 ${submodule}\t${path}\n`;
    if (contents === undefined) return `0 ${NO_COMMIT}\t${path}\n`;
    return `${isExecutable ? '100755' : '100644'} ${git(['hash-object', '-w', '--stdin'], contents)}\t${path}\n`;
  }

  return {
    folder,
    commit,
    commitFolder,
    restore,
    headOf: (branch) => ask(['rev-parse', '--verify', '--quiet', `refs/heads/${branch}`]),
    commitExists: (commit) =>
      /^[0-9a-f]{40}$/.test(commit) && ask(['cat-file', '-e', `${commit}^{commit}`]) !== undefined,
    hasPath: (commit, path) => ask(['cat-file', '-e', `${commit}:${path}`]) !== undefined,
    createBranch: (branch, commit) => void git(['update-ref', `refs/heads/${branch}`, commit, NO_COMMIT]),
    read: (commit, path) => git(['show', `${commit}:${path}`]),
    countCommits: (base, head) => Number(git(['rev-list', '--count', `${base}..${head}`])),
    mergeBase: (base, head) => ask(['merge-base', base, head]),
    tree: (commit) => ask(['ls-tree', '-r', '-t', '-z', commit])?.split('\0').filter(isEntry).map(readEntry),
  };
}

/** GitHub commits in its own name, for whoever the token belongs to. */
function signedFor(author: string): Record<string, string> {
  return {
    GIT_AUTHOR_NAME: author,
    GIT_AUTHOR_EMAIL: `${author}@users.noreply.github.com`,
    GIT_COMMITTER_NAME: 'GitHub',
    GIT_COMMITTER_EMAIL: 'noreply@github.com',
  };
}

function isEntry(line: string): boolean {
  return line !== '';
}

function readEntry(line: string): { path: string; mode: string; type: string; sha: string } {
  const [attributes = '', path = ''] = line.split('\t');
  const [mode = '', type = '', sha = ''] = attributes.split(' ');
  return { path, mode, type, sha };
}
