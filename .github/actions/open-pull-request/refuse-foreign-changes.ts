import type { GitHub } from '../github/connect-to-github.ts';

export interface ContinuedBranch {
  readonly branch: string;
  /** The commit that the branch is at. */
  readonly head: string;
  /** The commit of the branch that the pull request asks to change. */
  readonly baseCommit: string;
  /** Top-level folders whose files are replaced all the same. */
  readonly folders: readonly string[];
}

/**
 * Refuses to go on with a branch that differs outside of `folders` from where it left the base: whoever may push could
 * have made it before, and the app would propose their change as its own. Throws with the path and what to do.
 */
export async function refuseForeignChanges(github: GitHub, continued: ContinuedBranch): Promise<void> {
  const { branch, head, baseCommit, folders } = continued;
  const { data } = await github.rest.rest.repos.compareCommitsWithBasehead({
    ...github.repository,
    basehead: `${baseCommit}...${head}`,
    per_page: 1,
  });
  const before = await listTop(github, data.merge_base_commit.sha);
  const after = await listTop(github, head);
  const foreign = [...new Set([...before.keys(), ...after.keys()])].find(
    (path) => !folders.includes(path) && before.get(path) !== after.get(path),
  );
  if (foreign === undefined) return;
  throw new Error(`the branch ${branch} changes ${foreign}, which this never does: delete the branch, run this again`);
}

/** Mode and id of everything at the top of a commit; equal ids are equal contents. */
async function listTop({ rest, repository }: GitHub, commit: string): Promise<Map<string, string>> {
  const { data } = await rest.rest.git.getTree({ ...repository, tree_sha: commit });
  if (data.truncated) throw new Error(`GitHub does not list all files of ${commit}: it has too many`);
  return new Map(data.tree.map(({ path, mode, sha }) => [path, `${mode} ${sha}`]));
}
