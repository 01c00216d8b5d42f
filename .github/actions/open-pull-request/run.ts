import { commitFiles } from '../github/commit-files.ts';
import type { GitHub } from '../github/connect-to-github.ts';
import { findFolderChanges, type FileChanges } from '../github/find-folder-changes.ts';
import { findHead, startBranch } from '../github/branches.ts';
import { keepPullRequest, type KeptPullRequest } from '../github/keep-pull-request.ts';
import { refuseForeignChanges } from './refuse-foreign-changes.ts';

const FOLDERS = ['environments', 'dist'];

export interface Proposal {
  readonly github: GitHub;
  /** Has environments/ and dist/ in it, each in full. */
  readonly folder: string;
  readonly base: string;
  /** The commit of `base` that the folder was made from. */
  readonly baseCommit: string;
  readonly branch: string;
  readonly title: string;
  readonly body: string;
  readonly runUrl: string;
}

/**
 * Proposes a folder's files. A second run with the same files changes nothing, one with others adds a commit to the
 * same pull request. Undefined where the base has these files already. Throws where the branch changes
 * other folders too, and what GitHub refuses.
 */
export async function run(proposal: Proposal): Promise<KeptPullRequest | undefined> {
  const { github, folder, baseCommit, branch, title, body, runUrl } = proposal;
  if (isEmpty(await findFolderChanges(github, baseCommit, folder, FOLDERS))) return undefined;

  const head = await findHead(github, branch);
  if (head !== undefined) await refuseForeignChanges(github, { branch, head, baseCommit, folders: FOLDERS });
  const expectedHead = head ?? (await startBranch(github, branch, baseCommit));
  const changes = await findFolderChanges(github, expectedHead, folder, FOLDERS);
  if (!isEmpty(changes))
    await commitFiles(github, {
      branch,
      expectedHead,
      headline: title,
      body: `Made-by: ${runUrl}`,
      changes,
      folders: FOLDERS,
    });
  return keepPullRequest(github, { base: proposal.base, branch, title, body });
}

function isEmpty({ additions, deletions }: FileChanges): boolean {
  return additions.size === 0 && deletions.length === 0;
}
