import type { GitHub } from './connect-to-github.ts';
import { isHttpFailure } from './http-failure.ts';

/** The commit of a branch; undefined where there is no such branch. */
export async function findHead({ rest, repository }: GitHub, branch: string): Promise<string | undefined> {
  try {
    const { data } = await rest.rest.git.getRef({ ...repository, ref: `heads/${branch}` });
    return data.object.sha;
  } catch (error) {
    if (isHttpFailure(error) && error.status === 404) return undefined;
    throw error;
  }
}

/** Makes a branch at a commit, and gives that commit. Throws where there is such a branch. */
export async function startBranch({ rest, repository }: GitHub, branch: string, commit: string): Promise<string> {
  await rest.rest.git.createRef({ ...repository, ref: `refs/heads/${branch}`, sha: commit });
  return commit;
}
