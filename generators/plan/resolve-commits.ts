import { askGit, PlanRefusal } from './git.ts';

/** The two commits that are compared, as full ids. */
export interface ComparedCommits {
  readonly base: string;
  /** Left out: the work tree. */
  readonly head?: string;
}

/**
 * Finds the commits of a comparison. As GitHub compares, the base is where the head left it, so that what others have
 * merged since is not taken for something that the head takes back. Throws `PlanRefusal` with what to do.
 */
export function resolveCommits(root: string, wanted: { base: string; head?: string }): ComparedCommits {
  refuseOtherFolders(root);
  const base = resolveCommit(root, wanted.base);
  const head = wanted.head === undefined ? undefined : resolveCommit(root, wanted.head);
  const shared = askGit(root, ['merge-base', base, head ?? resolveCommit(root, 'HEAD')]);
  if (shared.code !== 0) throw new PlanRefusal(noSharedHistory(root, wanted));
  const left = shared.stdout.toString('utf8').trim();
  return { base: left, ...(head !== undefined && { head }) };
}

function refuseOtherFolders(root: string): void {
  const { code, stdout, stderr } = askGit(root, ['rev-parse', '--show-cdup']);
  if (/not a git repository/i.test(stderr))
    throw new PlanRefusal(`${root} is not a Git repository: run this in a clone of yours`);
  if (code !== 0) throw new PlanRefusal(`git does not read ${root}: ${stderr.split('\n')[0]}`);
  if (stdout.toString('utf8').trim() !== '')
    throw new PlanRefusal(`${root} lies inside of a Git repository: run this in its top folder`);
}

function resolveCommit(root: string, name: string): string {
  const { code, stdout } = askGit(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]);
  if (code === 0) return stdout.toString('utf8').trim();
  const fix = isShallow(root) ? 'this clone is shallow' : 'this clone does not have it';
  throw new PlanRefusal(`there is no commit ${name}: ${fix}, fetch it: git fetch origin ${name}`);
}

function noSharedHistory(root: string, { base, head = 'the work tree' }: { base: string; head?: string }): string {
  const finding = `${base} and ${head} have no commit in common`;
  if (isShallow(root)) return `${finding} in this shallow clone, fetch the rest: git fetch --unshallow origin`;
  return `${finding}: compare with a commit that ${head} comes from`;
}

function isShallow(root: string): boolean {
  return askGit(root, ['rev-parse', '--is-shallow-repository']).stdout.toString('utf8').trim() === 'true';
}
