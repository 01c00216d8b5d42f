import { createSign } from 'node:crypto';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFakeGitHub, tooManyRequests, type FakeGitHub } from './fake-github.ts';
import type { App } from './fake-github/identities.ts';
import { tempFolder } from './temp-folder.ts';

const COMMENTS = '/repos/acme/gateway/issues/1/comments';

let github: FakeGitHub;
let head: string;
let token: string;

beforeEach(async () => {
  github = await startFakeGitHub();
  head = github.objects.commit('main', undefined, [{ path: 'a.txt', contents: Buffer.from('a') }], 'first', 'someone');
  github.objects.createBranch('topic', head);
  github.openPullRequest({ head: 'topic', base: 'main', title: 'topic' });
  token = github.addToken({ login: 'a[bot]', type: 'Bot', permissions: { contents: 'write', pull_requests: 'write' } });
});

afterEach(() => github.stop());

describe('the fake GitHub refuses, as GitHub does,', { timeout: 60_000 }, () => {
  it('whoever has no token, or a token that nobody gave', async () => {
    expect(await ask('GET', COMMENTS, { token: '' })).toMatchObject({
      status: 401,
      body: { message: 'Requires authentication' },
    });
    expect(await ask('GET', COMMENTS, { token: 'ghs_x' })).toMatchObject({
      status: 401,
      body: { message: 'Bad credentials' },
    });
  });

  it('what the permissions of a token do not cover, and names those that would', async () => {
    const reader = github.addToken({ login: 'a[bot]', type: 'Bot', permissions: { pull_requests: 'read' } });
    const answer = await ask('POST', COMMENTS, { token: reader, body: { body: 'hello' } });
    expect(answer).toMatchObject({ status: 403, body: { message: 'Resource not accessible by integration' } });
    expect(answer.headers.get('x-accepted-github-permissions')).toBe('issues=write; pull_requests=write');
    expect(github.comments).toEqual([]);
  });

  it('repositories, pull requests and addresses that are not there', async () => {
    expect((await ask('GET', '/repos/acme/other/issues/1/comments')).status).toBe(404);
    expect((await ask('GET', '/repos/acme/gateway/issues/9/comments')).status).toBe(404);
    expect((await ask('GET', '/repos/acme/gateway/unheard-of')).status).toBe(404);
    expect((await ask('GET', `/repos/acme/gateway/compare/${head}...${'f'.repeat(40)}`)).status).toBe(404);
  });

  it('a comment above 65,536 characters, and one without text', async () => {
    expect((await ask('POST', COMMENTS, { body: { body: 'x'.repeat(65_536) } })).status).toBe(201);
    expect(await ask('POST', COMMENTS, { body: { body: 'x'.repeat(65_537) } })).toMatchObject({
      status: 422,
      body: { errors: [{ resource: 'IssueComment', message: 'Body is too long (maximum is 65536 characters)' }] },
    });
    expect((await ask('POST', COMMENTS, { body: {} })).status).toBe(422);
  });

  it('those who ask too often, until a time that it names', async () => {
    github.failNext(1, tooManyRequests(7));
    const { status, headers } = await ask('GET', COMMENTS);
    expect([status, headers.get('retry-after'), headers.get('x-ratelimit-remaining')]).toEqual([429, '7', '0']);
    expect((await ask('GET', COMMENTS)).status).toBe(200);
  });

  it('what is not JSON', async () => {
    expect((await ask('POST', COMMENTS, { text: '{' })).status).toBe(400);
  });

  it('a second pull request of a branch, and one without commits', async () => {
    const body = { title: 'again', head: 'topic', base: 'main' };
    expect((await ask('POST', '/repos/acme/gateway/pulls', { body })).body).toMatchObject({
      errors: [{ message: 'A pull request already exists for acme:topic.' }],
    });
    github.objects.createBranch('same', head);
    expect((await ask('POST', '/repos/acme/gateway/pulls', { body: { ...body, head: 'same' } })).body).toMatchObject({
      errors: [{ message: 'No commits between main and same' }],
    });
  });

  it('a branch that is there, and one of a commit that is not', async () => {
    const path = '/repos/acme/gateway/git/refs';
    expect((await ask('POST', path, { body: { ref: 'refs/heads/topic', sha: head } })).status).toBe(422);
    expect((await ask('POST', path, { body: { ref: 'refs/heads/new', sha: 'f'.repeat(40) } })).status).toBe(422);
  });
});

it('gives a list in pages, with links to the others', async () => {
  for (let count = 0; count < 3; count += 1) await ask('POST', COMMENTS, { body: { body: `comment ${count}` } });
  const { body, headers } = await ask('GET', `${COMMENTS}?per_page=2&page=1`);
  expect(body).toHaveLength(2);
  expect(headers.get('link')).toContain(`<${github.url}${COMMENTS}?per_page=2&page=2>; rel="next"`);
});

describe('createCommitOnBranch', { timeout: 60_000 }, () => {
  it("makes a commit on the branch, for the token and in GitHub's name", async () => {
    const answer = await commit({});
    const oid = github.objects.headOf('topic') ?? '';
    expect(answer).toMatchObject({ data: { createCommitOnBranch: { commit: { oid } } } });
    expect(github.objects.read(oid, 'dist/a.yaml')).toBe('hello');
    const log = execFileSync('git', [
      '-C',
      github.objects.folder,
      'log',
      '-1',
      '--format=%an|%cn|%s|%P',
      oid,
    ]).toString();
    expect(log.trim()).toBe(`a[bot]|GitHub|render|${head}`);
  });

  it.each([
    ['a branch that moved', { expectedHeadOid: 'f'.repeat(40) }, 'STALE_DATA'],
    [
      'a branch that is not there',
      { branch: { repositoryNameWithOwner: 'acme/gateway', branchName: 'none' } },
      'NOT_FOUND',
    ],
    ['another repository', { branch: { repositoryNameWithOwner: 'acme/other', branchName: 'topic' } }, 'NOT_FOUND'],
    ['no expected commit', { expectedHeadOid: undefined }, 'INVALID'],
    ['a path out of the repository', { fileChanges: { additions: [{ path: '../a', contents: '' }] } }, 'UNPROCESSABLE'],
    ['contents that are not base64', { fileChanges: { additions: [{ path: 'a', contents: 'ä' }] } }, 'UNPROCESSABLE'],
    ['the deletion of what is not there', { fileChanges: { deletions: [{ path: 'none' }] } }, 'UNPROCESSABLE'],
  ])('refuses %s', async (_, input, type) => {
    expect(await commit(input)).toMatchObject({ data: { createCommitOnBranch: null }, errors: [{ type }] });
    expect(github.objects.headOf('topic')).toBe(head);
  });

  it('refuses a token that may only read, and one that nobody gave', async () => {
    const reader = github.addToken({ login: 'a[bot]', type: 'Bot', permissions: { contents: 'read' } });
    expect(await commit({}, reader)).toMatchObject({ errors: [{ type: 'FORBIDDEN' }] });
    expect(await commit({}, 'ghs_x')).toMatchObject({ message: 'Bad credentials' });
  });
});

describe('an app', { timeout: 60_000 }, () => {
  it('gets a token that can do what it asked for and no more', async () => {
    const app = github.addApp('tollgate', { contents: 'write', pull_requests: 'write' });
    const { body } = await askForToken(app, { contents: 'write' });
    const { token: own } = body as { token: string };
    expect((await ask('GET', '/repos/acme/gateway/git/ref/heads/main', { token: own })).status).toBe(200);
    expect((await ask('GET', '/repos/acme/gateway/pulls', { token: own })).status).toBe(403);

    expect((await ask('DELETE', '/installation/token', { token: own })).status).toBe(204);
    expect((await ask('GET', '/repos/acme/gateway/git/ref/heads/main', { token: own })).status).toBe(401);
  });

  it("gets none beyond its own permissions, with another's key, or with a signature that lasts too long", async () => {
    const app = github.addApp('tollgate', { contents: 'write' });
    expect((await askForToken(app, { administration: 'write' })).status).toBe(422);
    const other = github.addApp('other', { contents: 'write' });
    expect((await askForToken({ ...app, privateKey: other.privateKey }, {})).status).toBe(401);
    expect((await askForToken(app, {}, 3600)).body).toMatchObject({
      message: expect.stringContaining('too far in the future'),
    });
    expect((await askForToken(app, {}, -1)).status).toBe(401);
  });
});

describe('Git over HTTP', { timeout: 60_000 }, () => {
  it('gives a commit to whoever may read it, and nothing to a stranger', async () => {
    const folder = tempFolder();
    execFileSync('git', ['init', '--quiet', folder]);
    expect(await fetchWith(folder, 'x-access-token:ghs_x')).not.toBe(0);
    expect(await fetchWith(folder, `x-access-token:${token}`)).toBe(0);
    expect(execFileSync('git', ['-C', folder, 'show', `${head}:a.txt`]).toString()).toBe('a');
  });
});

interface Asked {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}

async function ask(
  method: string,
  path: string,
  options: { token?: string; body?: unknown; text?: string } = {},
): Promise<Asked> {
  const { token: given = token, body, text = body === undefined ? undefined : JSON.stringify(body) } = options;
  const headers = given === '' ? {} : { authorization: `token ${given}` };
  const response = await fetch(github.url + path, { method, headers, ...(text !== undefined && { body: text }) });
  const answer = await response.text();
  return { status: response.status, headers: response.headers, body: answer === '' ? undefined : JSON.parse(answer) };
}

async function commit(input: object, as = token): Promise<unknown> {
  const query =
    'mutation ($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid } } }';
  const contents = Buffer.from('hello').toString('base64');
  const whole = {
    branch: { repositoryNameWithOwner: 'acme/gateway', branchName: 'topic' },
    expectedHeadOid: head,
    message: { headline: 'render' },
    fileChanges: { additions: [{ path: 'dist/a.yaml', contents }] },
    ...input,
  };
  return (await ask('POST', '/graphql', { token: as, body: { query, variables: { input: whole } } })).body;
}

function askForToken(app: App, permissions: object, lifetimeSeconds = 540): Promise<Asked> {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: app.clientId, iat: now - 10, exp: now + lifetimeSeconds };
  const signed = [{ alg: 'RS256', typ: 'JWT' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  const signature = createSign('sha256').update(signed.join('.')).sign(app.privateKey).toString('base64url');
  return ask('POST', `/app/installations/${app.installationId}/access_tokens`, {
    token: [...signed, signature].join('.'),
    body: { permissions },
  });
}

/** Not spawnSync: a process that waits for git cannot answer it. */
async function fetchWith(folder: string, credentials: string): Promise<number> {
  const header = `http.extraheader=Authorization: Basic ${Buffer.from(credentials).toString('base64')}`;
  const args = ['-C', folder, '-c', header, 'fetch', '--quiet', `${github.url}/acme/gateway`, head];
  const child = spawn('git', args, { env: { PATH: process.env['PATH'], GIT_TERMINAL_PROMPT: '0' }, stdio: 'ignore' });
  const [exitCode] = (await once(child, 'close')) as [number];
  return exitCode;
}
