import { commitFiles } from '../github/commit-files.ts';
import type { GitHub } from '../github/connect-to-github.ts';
import { findFolderChanges } from '../github/find-folder-changes.ts';

const FOLDERS = ['dist'];

export interface Rendering {
  readonly github: GitHub;
  /** Has the rendered `dist/` in it. */
  readonly folder: string;
  readonly branch: string;
  /** The commit that was rendered. */
  readonly expectedHead: string;
  readonly runUrl: string;
}

/** Commits what of dist/ differs; `commit` is undefined where nothing does. Throws where the branch moved. */
export async function run(rendering: Rendering): Promise<{ commit: string | undefined; files: number }> {
  const { github, folder, branch, expectedHead, runUrl } = rendering;
  const changes = await findFolderChanges(github, expectedHead, folder, FOLDERS);
  const files = changes.additions.size + changes.deletions.length;
  if (files === 0) return { commit: undefined, files };

  const { oid } = await commitFiles(github, {
    branch,
    expectedHead,
    headline: 'chore(dist): render',
    body: `What environments/ and generators/ of ${expectedHead} make.\n\nRendered-by: ${runUrl}`,
    changes,
    folders: FOLDERS,
  });
  return { commit: oid, files };
}
