import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFakeGitHub, type FakeGitHub } from '../support/fake-github.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { editsOf, renderedFolder } from './rendered-folder.ts';
import { refusalOf, runAction, type EndedAction } from './run-action.ts';

const BEFORE = { 'README.md': 'hello', 'environments/prod/release.yaml': 'version: 1', 'dist/prod/a.yaml': 'image: 1' };
const AFTER = { 'environments/prod/release.yaml': 'version: 2', 'dist/prod/a.yaml': 'image: 2' };
const BRANCH = 'promote/dev-to-prod';

let github: FakeGitHub;
let base: string;

beforeEach(async () => {
  github = await startFakeGitHub();
  base = github.objects.commit('main', undefined, editsOf(BEFORE), 'first', 'someone');
});

afterEach(() => github.stop());

describe('open-pull-request', { timeout: 60_000 }, () => {
  it('proposes the changed files on a branch of their own', async () => {
    const { exitCode, outputs, log } = await open(AFTER);

    expect({ exitCode, outputs, log }).toEqual({
      exitCode: 0,
      outputs: { number: '1' },
      log: expect.stringContaining('opened'),
    });
    expect(github.pullRequests).toMatchObject([
      { base: 'main', head: BRANCH, title: 'promote dev to prod', body: 'two commits', user: 'tollgate[bot]' },
    ]);
    const head = github.objects.headOf(BRANCH) ?? '';
    expect(github.objects.read(head, 'dist/prod/a.yaml')).toBe('image: 2');
    expect(github.objects.read(head, 'README.md')).toBe('hello');
    expect(github.objects.headOf('main')).toBe(base);
  });

  it('changes nothing when it runs again with the same files', async () => {
    await open(AFTER);
    const head = github.objects.headOf(BRANCH);
    const { outputs } = await open(AFTER);

    expect(outputs).toEqual({ number: '1' });
    expect(github.objects.headOf(BRANCH)).toBe(head);
    expect(github.pullRequests).toHaveLength(1);
  });

  it('brings the open pull request up to date when the files are others', async () => {
    await open(AFTER);
    const { outputs } = await open({ ...AFTER, 'dist/prod/a.yaml': 'image: 3' }, 'three commits');

    expect(outputs).toEqual({ number: '1' });
    expect(github.objects.read(github.objects.headOf(BRANCH) ?? '', 'dist/prod/a.yaml')).toBe('image: 3');
    expect(github.pullRequests).toMatchObject([{ body: 'three commits' }]);
  });

  it("goes on with a branch that lags behind its base, and has nothing of anyone's but these files", async () => {
    await open(AFTER);
    base = github.objects.commit('main', base, editsOf({ 'README.md': 'hello again' }), 'second', 'someone');
    const { exitCode, log } = await open({ ...AFTER, 'dist/prod/a.yaml': 'image: 3' });
    expect({ exitCode, log }).toEqual({ exitCode: 0, log: expect.stringContaining('brought up to date') });
  });

  it.each([
    ['adds an action', editsOf({ '.github/actions/evil.js': 'evil()' }), '.github'],
    ['changes a file', editsOf({ 'README.md': 'evil' }), 'README.md'],
    ['deletes a file', [{ path: 'README.md' }], 'README.md'],
  ])('proposes nothing on a branch that somebody made before and that %s', async (_, edits, path) => {
    github.objects.createBranch(BRANCH, base);
    const made = github.objects.commit(BRANCH, base, edits, 'promote', 'tollgate[bot]');
    expect(refusalOf(await open(AFTER))).toContain(
      `the branch ${BRANCH} changes ${path}, which this never does: delete the branch, run this again`,
    );
    expect(github.objects.headOf(BRANCH)).toBe(made);
    expect(github.pullRequests).toEqual([]);
  });

  it('proposes its own files where somebody made the branch before with others', async () => {
    github.objects.createBranch(BRANCH, base);
    github.objects.commit(BRANCH, base, editsOf({ 'dist/prod/evil.yaml': 'evil' }), 'promote', 'someone');
    expect((await open(AFTER)).exitCode).toBe(0);
    expect(github.objects.hasPath(github.objects.headOf(BRANCH) ?? '', 'dist/prod/evil.yaml')).toBe(false);
  });

  it('opens nothing where the base has these files already', async () => {
    const { 'README.md': _, ...same } = BEFORE;
    const { exitCode, outputs, log } = await open(same);

    expect({ exitCode, outputs }).toEqual({ exitCode: 0, outputs: { number: '' } });
    expect(log).toContain('there is nothing to change');
    expect(github.objects.headOf(BRANCH)).toBeUndefined();
  });

  it('cuts a text that GitHub would refuse', async () => {
    const { exitCode } = await open(AFTER, 'a line\n'.repeat(20_000));
    expect(exitCode).toBe(0);
    expect(github.pullRequests[0]?.body).toMatch(/a line\n\n\(cut here: the diff has the rest\)$/);
  });

  it('cuts a text without a single line break too', async () => {
    expect((await open(AFTER, 'x'.repeat(70_000))).exitCode).toBe(0);
    expect(github.pullRequests[0]?.body).toMatch(/^x{60000}\n\n\(cut here: the diff has the rest\)$/);
  });

  it('says which permission a token lacks', async () => {
    const token = github.addToken({ login: 'tollgate[bot]', type: 'Bot', permissions: { contents: 'write' } });
    const { exitCode, log } = await open(AFTER, 'two commits', token);
    expect(exitCode).toBe(1);
    expect(log.trim()).toMatch(
      /^::error::GET \S+\/pulls: the token may not do this \(403 .+\): it needs pull_requests=read$/,
    );
  });
});

function open(files: Readonly<Record<string, string>>, body = 'two commits', token = writer()): Promise<EndedAction> {
  const bodyFile = join(tempFolder(), 'body.md');
  writeFileSync(bodyFile, body);
  return runAction('open-pull-request', github, {
    folder: renderedFolder(files),
    base: 'main',
    'base-commit': base,
    branch: BRANCH,
    title: 'promote dev to prod',
    'body-file': bodyFile,
    token,
  });
}

function writer(): string {
  const permissions = { contents: 'write', pull_requests: 'write' } as const;
  return github.addToken({ login: 'tollgate[bot]', type: 'Bot', permissions });
}
