import type { Answer, Call } from './answer.ts';
import type { FileEdit, GitObjects } from './git-objects.ts';
import { allows } from './identities.ts';

const COMMIT_FIELDS = ['oid', 'url'];
const INPUT_FIELDS = ['branch', 'expectedHeadOid', 'fileChanges', 'message', 'clientMutationId'];

interface CommitInput {
  readonly branch?: { readonly repositoryNameWithOwner?: string; readonly branchName?: string };
  readonly expectedHeadOid?: string;
  readonly message?: { readonly headline?: string; readonly body?: string };
  readonly fileChanges?: {
    readonly additions?: readonly { readonly path: string; readonly contents: string }[];
    readonly deletions?: readonly { readonly path: string }[];
  };
}

/** POST /graphql, of which it speaks viewer and the mutation createCommitOnBranch: refusals are a 200 with `errors`. */
export function answerGraphql({ body, by }: Call, repository: string, objects: GitObjects): Answer {
  const query = (body['query'] ?? '') as string;
  if (/^\s*(query\s*)?\{\s*viewer\s*\{\s*login\s*\}\s*\}\s*$/.test(query))
    return { status: 200, body: { data: { viewer: { login: by.login } } } };
  if (!/\bcreateCommitOnBranch\s*\(\s*input:\s*\$input\s*\)/.test(query) || !/^\s*mutation\b/.test(query))
    return refused('UNKNOWN', 'A query attribute must be specified and must be a string.');
  const selected = (/commit\s*\{([^}]*)\}/.exec(query)?.[1] ?? '').split(/[\s,]+/).filter((name) => name !== '');
  const unknown = selected.find((name) => !COMMIT_FIELDS.includes(name));
  if (unknown !== undefined || selected.length === 0)
    return refused('undefinedField', `Field '${unknown ?? ''}' doesn't exist on type 'Commit'`);

  const input = ((body['variables'] ?? {}) as { input?: CommitInput }).input ?? {};
  const shape = findShapeFault(input);
  if (shape !== undefined)
    return refused(
      'INVALID',
      `Variable $input of type CreateCommitOnBranchInput! was provided invalid value for ${shape}`,
    );
  if (input.branch?.repositoryNameWithOwner !== repository)
    return refused(
      'NOT_FOUND',
      `Could not resolve to a Repository with the name '${input.branch?.repositoryNameWithOwner}'.`,
    );
  if (!allows(by.permissions['contents'], 'write'))
    return refused('FORBIDDEN', 'Resource not accessible by integration');
  return commitOnBranch(input, by.login, objects, repository);
}

function commitOnBranch(input: CommitInput, author: string, objects: GitObjects, repository: string): Answer {
  const { branch, expectedHeadOid = '', message, fileChanges } = input;
  const branchName = branch?.branchName ?? '';
  const head = objects.headOf(branchName);
  if (head === undefined) return refused('NOT_FOUND', `Branch "${branchName}" was not found.`);
  if (head !== expectedHeadOid)
    return refused(
      'STALE_DATA',
      `Expected branch to point to "${expectedHeadOid}" but it did not. Pull and try again.`,
    );

  const additions = fileChanges?.additions ?? [];
  const deletions = fileChanges?.deletions ?? [];
  const odd = [...additions, ...deletions].find(({ path }) => /^\/|(^|\/)(\.\.?|\.git)(\/|$)|\/\/|^$/.test(path));
  if (odd !== undefined) return refused('UNPROCESSABLE', `The path ${odd.path} is not valid`);
  const notBase64 = additions.find(({ contents }) => Buffer.from(contents, 'base64').toString('base64') !== contents);
  if (notBase64 !== undefined) return refused('UNPROCESSABLE', `The contents of ${notBase64.path} are not base64`);
  const absent = deletions.find(({ path }) => !objects.hasPath(head, path));
  if (absent !== undefined)
    return refused(
      'UNPROCESSABLE',
      `A path was requested for deletion which does not exist as of commit oid \`${head}\``,
    );

  const edits: FileEdit[] = [
    ...additions.map(({ path, contents }) => ({ path, contents: Buffer.from(contents, 'base64') })),
    ...deletions.map(({ path }) => ({ path })),
  ];
  const text = [message?.headline, message?.body].filter((part) => part !== undefined && part !== '').join('\n\n');
  const oid = objects.commit(branchName, head, edits, text, author);
  const commit = { oid, url: `https://github.com/${repository}/commit/${oid}` };
  return { status: 200, body: { data: { createCommitOnBranch: { commit } } } };
}

function findShapeFault(input: CommitInput): string | undefined {
  const extra = Object.keys(input).find((name) => !INPUT_FIELDS.includes(name));
  if (extra !== undefined) return `${extra} (Field is not defined on CreateCommitOnBranchInput)`;
  if (typeof input.expectedHeadOid !== 'string') return 'expectedHeadOid (Expected value to not be null)';
  if (typeof input.branch?.branchName !== 'string') return 'branch.branchName (Expected value to not be null)';
  if (typeof input.message?.headline !== 'string') return 'message.headline (Expected value to not be null)';
  return undefined;
}

function refused(type: string, message: string): Answer {
  const errors = [{ type, path: ['createCommitOnBranch'], locations: [{ line: 2, column: 3 }], message }];
  return { status: 200, body: { data: { createCommitOnBranch: null }, errors } };
}
