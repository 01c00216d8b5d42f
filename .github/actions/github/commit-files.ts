import { GraphqlRefusal, type GitHub } from './connect-to-github.ts';
import type { FileChanges } from './find-folder-changes.ts';

// GitHub takes about 45 MB in one request, and base64 makes a third more of it.
const MOST_BYTES = 20_000_000;
const MOST_FILES = 5_000;

const CREATE_COMMIT = `mutation ($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid url } }
}`;

export interface Commit {
  readonly branch: string;
  /** The commit that the branch has to be at, so that nobody's work is written over. */
  readonly expectedHead: string;
  readonly headline: string;
  readonly body: string;
  readonly changes: FileChanges;
  /** Top-level folders that may be written; a path outside of them is refused. */
  readonly folders: readonly string[];
}

/** Makes a commit that GitHub signs for the token's app. Throws where the branch moved, and what GitHub refuses. */
export async function commitFiles(github: GitHub, commit: Commit): Promise<{ oid: string; url: string }> {
  const { branch, expectedHead, headline, body, changes } = commit;
  refuseForeignPaths(commit);
  refuseTooMuch(changes);
  const input = {
    branch: { repositoryNameWithOwner: `${github.repository.owner}/${github.repository.repo}`, branchName: branch },
    expectedHeadOid: expectedHead,
    message: { headline, body },
    fileChanges: {
      additions: [...changes.additions].map(([path, bytes]) => ({ path, contents: bytes.toString('base64') })),
      deletions: changes.deletions.map((path) => ({ path })),
    },
  };
  try {
    const answer = await github.graphql<{ createCommitOnBranch: { commit: { oid: string; url: string } } }>(
      CREATE_COMMIT,
      { input },
    );
    return answer.createCommitOnBranch.commit;
  } catch (error) {
    if (!(error instanceof GraphqlRefusal) || !error.types.includes('STALE_DATA')) throw error;
    throw new Error(
      `${branch} moved on from ${expectedHead} while this ran: the run of its newest commit does the rest`,
      {
        cause: error,
      },
    );
  }
}

function refuseForeignPaths({ changes, folders }: Commit): void {
  const foreign = [...changes.additions.keys(), ...changes.deletions].find(
    (path) =>
      !folders.includes(path.split('/', 1)[0] ?? '') || path.split('/').some((part) => /^(\.|\.\.|)$/.test(part)),
  );
  if (foreign !== undefined)
    throw new Error(`${foreign} is not written: only files below ${folders.map((name) => `${name}/`).join(', ')} are`);
}

function refuseTooMuch({ additions, deletions }: FileChanges): void {
  const files = additions.size + deletions.length;
  if (files > MOST_FILES) throw new Error(`${files} files are too many for one commit: ${MOST_FILES} are the most`);
  const bytes = [...additions.values()].reduce((sum, { length }) => sum + length, 0);
  if (bytes > MOST_BYTES) throw new Error(`${bytes} bytes are too many for one commit: ${MOST_BYTES} are the most`);
}
