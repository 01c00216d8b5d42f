import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFakeGitHub, tooManyRequests, type FakeGitHub } from '../support/fake-github.ts';
import { editsOf, renderedFolder } from './rendered-folder.ts';
import { refusalOf, runAction, type EndedAction } from './run-action.ts';

const BOT = { login: 'tollgate[bot]', type: 'Bot' } as const;

let github: FakeGitHub;
let head: string;

beforeEach(async () => {
  github = await startFakeGitHub();
  const files = {
    'README.md': 'hello',
    'dist/dev/a.yaml': 'old',
    'dist/dev/gone.yaml': 'gone',
    'dist/dev/same.yaml': 'same',
  };
  head = github.objects.commit('main', undefined, editsOf(files), 'first', 'someone');
  github.objects.createBranch('more-money', head);
});

afterEach(() => github.stop());

describe('commit-dist', { timeout: 60_000 }, () => {
  it('makes dist/ of the branch equal to the rendering, in one commit of the app', async () => {
    const folder = renderedFolder({
      'dist/dev/a.yaml': 'new',
      'dist/dev/b.yaml': 'added',
      'dist/dev/same.yaml': 'same',
    });
    const { exitCode, outputs, log } = await commit(folder, writer());

    const oid = github.objects.headOf('more-money') ?? '';
    expect({ exitCode, outputs }).toEqual({ exitCode: 0, outputs: { commit: oid } });
    expect(log).toContain('brings 3 files of dist/ in step');
    expect(filesOf(oid)).toEqual(['README.md', 'dist/dev/a.yaml', 'dist/dev/b.yaml', 'dist/dev/same.yaml']);
    expect(github.objects.read(oid, 'dist/dev/a.yaml')).toBe('new');
    expect(github.objects.headOf('main')).toBe(head);
  });

  it('commits nothing where dist/ is in step', async () => {
    const files = { 'dist/dev/a.yaml': 'old', 'dist/dev/gone.yaml': 'gone', 'dist/dev/same.yaml': 'same' };
    const { exitCode, outputs } = await commit(renderedFolder(files), writer());

    expect({ exitCode, outputs }).toEqual({ exitCode: 0, outputs: { commit: '' } });
    expect(github.objects.headOf('more-money')).toBe(head);
  });

  it('writes nothing but dist/, whatever else the artifact holds', async () => {
    const files = { 'dist/dev/a.yaml': 'new', '.github/workflows/evil.yaml': 'on: push', 'package.json': '{}' };
    await commit(renderedFolder(files), writer());

    expect(filesOf(github.objects.headOf('more-money') ?? '')).toEqual(['README.md', 'dist/dev/a.yaml']);
  });

  it('refuses a link in the artifact, which could stand for any file of the runner', async () => {
    const folder = renderedFolder({ 'dist/dev/a.yaml': 'new' });
    symlinkSync('/etc/passwd', join(folder, 'dist/dev/link.yaml'));
    expect(refusalOf(await commit(folder, writer()))).toContain('dist/dev/link.yaml is neither a file nor a folder');
  });

  it('refuses a branch that has a submodule below dist/, which could hold anything', async () => {
    const module = { path: 'dist/dev/module', submodule: head };
    head = github.objects.commit('more-money', head, [module], 'module', 'someone');
    expect(refusalOf(await commit(renderedFolder({ 'dist/dev/a.yaml': 'new' }), writer()))).toContain(
      `dist/dev/module of ${head} is a submodule, which is not replaced: git rm it, and push`,
    );
    expect(github.objects.headOf('more-money')).toBe(head);
  });

  it('refuses an artifact without files in place of deleting all of dist/', async () => {
    expect(refusalOf(await commit(renderedFolder({ 'other.txt': '' }), writer()))).toContain(
      'there is no folder dist/',
    );
  });

  it('leaves a branch alone that moved while it ran', async () => {
    const moved = github.objects.commit(
      'more-money',
      head,
      editsOf({ 'README.md': 'hello again' }),
      'second',
      'someone',
    );
    const ended = commit(renderedFolder({ 'dist/dev/a.yaml': 'new' }), writer());

    expect(refusalOf(await ended)).toContain(`more-money moved on from ${head} while this ran`);
    expect(github.objects.headOf('more-money')).toBe(moved);
  });

  it('says which permission a token lacks', async () => {
    const token = github.addToken({ ...BOT, permissions: { contents: 'read' } });
    const ended = commit(renderedFolder({ 'dist/dev/a.yaml': 'new' }), token);
    expect(refusalOf(await ended)).toContain(
      'the token may not do this (Resource not accessible by integration): it needs contents: write',
    );
  });

  it('says that a token is wrong, and does not show it', async () => {
    const ended = commit(renderedFolder({ 'dist/dev/a.yaml': 'new' }), 'ghs_stale');
    expect(refusalOf(await ended)).toContain(
      'GitHub refuses the token (401 Bad credentials): it is wrong, expired or revoked',
    );
    expect((await ended).log).not.toContain('ghs_stale');
  });

  it('says that it has no token', async () => {
    const ended = commit(renderedFolder({ 'dist/dev/a.yaml': 'new' }), '');
    expect(refusalOf(await ended)).toContain('Input required and not supplied: token');
  });

  it('waits as long as GitHub asks, then commits', async () => {
    github.failNext(2, tooManyRequests(0));
    const { exitCode } = await commit(renderedFolder({ 'dist/dev/a.yaml': 'new' }), writer());
    expect(exitCode).toBe(0);
  });

  it('ends where GitHub goes on limiting it, and where it should wait for an hour', async () => {
    github.failNext(4, tooManyRequests(0));
    expect(refusalOf(await commit(renderedFolder({ 'dist/dev/a.yaml': 'new' }), writer()))).toContain(
      'GitHub limits our requests (429) until',
    );
    expect(github.requests).toHaveLength(4);

    github.failNext(1, tooManyRequests(3600));
    expect(refusalOf(await commit(renderedFolder({ 'dist/dev/a.yaml': 'new' }), writer()))).toContain(
      'run this job again then',
    );
    expect(github.requests).toHaveLength(5);
  });

  it('says that GitHub is out of reach', async () => {
    const away = { url: 'http://127.0.0.1:1', repository: github.repository };
    const inputs = { folder: renderedFolder({ 'dist/a.yaml': '' }), branch: 'x', 'expected-head': head, token: 'x' };
    expect(refusalOf(await runAction('commit-dist', away, inputs))).toContain('127.0.0.1:1 did not answer');
  });
});

function writer(): string {
  return github.addToken({ ...BOT, permissions: { contents: 'write' } });
}

function commit(folder: string, token: string): Promise<EndedAction> {
  return runAction('commit-dist', github, { folder, branch: 'more-money', 'expected-head': head, token });
}

function filesOf(commit: string): string[] {
  return (github.objects.tree(commit) ?? []).filter(({ type }) => type === 'blob').map(({ path }) => path);
}
