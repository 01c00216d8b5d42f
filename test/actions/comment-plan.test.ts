import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFakeGitHub, tooManyRequests, type FakeGitHub } from '../support/fake-github.ts';
import { invalid } from '../support/fake-github/answer.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { refusalOf, runAction, type EndedAction } from './run-action.ts';

const ROOT = join(import.meta.dirname, '../..');
const TEAM = 'environments/dev/keys/search.yaml';
const BUDGET = /^max_budget: \d+/m;

let github: FakeGitHub;
let base: string;
let clone: string;
let token: string;

beforeEach(async () => {
  github = await startFakeGitHub();
  base = github.objects.commitFolder('main', ROOT, ['environments', 'dist']);
  github.objects.createBranch('topic', base);
  github.openPullRequest({ head: 'topic', base: 'main', title: 'more money' });
  clone = tempFolder();
  execFileSync('git', ['clone', '--quiet', '--branch', 'main', github.objects.folder, clone], { stdio: 'ignore' });
  token = github.addToken({
    login: 'github-actions[bot]',
    type: 'Bot',
    permissions: { contents: 'read', pull_requests: 'write' },
  });
});

afterEach(() => github.stop());

describe('comment-plan', { timeout: 60_000 }, () => {
  it('says what a pull request changes, edits what it said, and says so once nothing is left of it', async () => {
    const first = await plan(changeBudget('2200'));
    expect(first).toMatchObject({ exitCode: 0, outputs: { comment: 'created' } });
    expect(github.comments).toMatchObject([
      { user: { login: 'github-actions[bot]' }, body: expect.stringContaining('$2,200') },
    ]);
    expect(first.summary).toContain('$2,200');

    const second = await plan(changeBudget('2000'));
    expect(second.outputs).toEqual({ comment: 'edited' });
    expect(github.comments).toMatchObject([{ id: 1, body: expect.stringContaining('$2,000') }]);

    expect((await plan(github.objects.headOf('topic') ?? '')).outputs).toEqual({ comment: 'unchanged' });

    const reverted = await plan(commit(TEAM, textOf(TEAM)));
    expect(reverted.outputs).toEqual({ comment: 'emptied' });
    expect(github.comments).toMatchObject([
      { id: 1, body: expect.stringContaining('nothing changes in any environment') },
    ]);
  });

  it('says nothing where nothing changes and nothing was said', async () => {
    expect((await plan(commit('README.md', 'hello'))).outputs).toEqual({ comment: 'none' });
    expect(github.comments).toEqual([]);
  });

  it('marks the lines that policy or schema refuse, and fails once it has said so', async () => {
    const { exitCode, log, outputs } = await plan(breakTeam());
    expect(log).toMatch(/^::error file=environments\/dev\/keys\/search\.yaml,line=\d+,col=\d+::/m);
    expect(log).toMatch(/^::error::1 thing must be fixed before the merge: the marks on the files and the summary/m);
    expect({ exitCode, outputs }).toEqual({ exitCode: 1, outputs: { comment: 'created' } });
  });

  it('fails on a mistake in the pull request of a fork, which gets no comment', async () => {
    const { exitCode, summary } = await plan(breakTeam(), { repository: 'stranger/gateway' });
    expect(exitCode).toBe(1);
    expect(summary).toContain('max_budget');
  });

  it.each(['environments/schema/team.ts', 'generators/main.ts'])(
    'warns where %s changes with it, since the base may not know what is right then',
    async (path) => {
      breakTeam();
      const { exitCode, log } = await plan(commit(path, '// other rules'));
      expect(exitCode).toBe(0);
      expect(log).toContain('::warning::1 thing would be wrong by the rules of the base.');
      expect(log).toContain(`This pull request changes the rules (${path}): the job check decides`);
    },
  );

  it('keeps a long plan below what GitHub takes, and has the whole on the page of the run', async () => {
    const manifests = Array.from({ length: 60 }, (_, index) => ({
      path: `dist/dev/gateway/ConfigMap.long-${index}.yaml`,
      contents: Buffer.from(`apiVersion: v1\nkind: ConfigMap\ndata:\n${`  line: ${'x'.repeat(60)}\n`.repeat(50)}`),
    }));
    const head = github.objects.commit('topic', base, manifests, 'long', 'someone');
    const { outputs, summary } = await plan(head);

    expect(outputs).toEqual({ comment: 'created' });
    expect(github.comments[0]?.body.length).toBeLessThan(65_536);
    expect(github.comments[0]?.body).toContain(`[the summary of this run](${github.url}/acme/gateway/actions/runs/1)`);
    expect(summary.length).toBeGreaterThan(200_000);
  });

  it('says nothing on the pull request of a fork, whose token may only read, and still has the plan', async () => {
    const ended = await plan(changeBudget('2200'), { repository: 'stranger/gateway' });
    expect(ended).toMatchObject({ exitCode: 0, outputs: { comment: 'none' } });
    expect(ended.summary).toContain('$2,200');
    expect(github.comments).toEqual([]);
  });

  it('ends with one line where GitHub refuses the comment', async () => {
    const head = changeBudget('2200');
    github.failNext(1, invalid('IssueComment', 'data', 'Body is too long (maximum is 65536 characters)'), 'POST');
    // The first POST to the API is the comment: git talks to another part of GitHub.
    expect(refusalOf(await plan(head))).toContain(
      '422 Validation Failed: Body is too long (maximum is 65536 characters)',
    );

    github.failNext(4, tooManyRequests(0), 'POST');
    expect(refusalOf(await plan(head))).toContain('GitHub limits our requests (429) until');

    token = github.addToken({ login: 'a[bot]', type: 'Bot', permissions: { contents: 'read', pull_requests: 'read' } });
    expect(refusalOf(await plan(head))).toContain('it needs issues=write; pull_requests=write');
    expect(github.comments).toEqual([]);
  });

  it('ends with one line where the commit is not there, or the token may not read it', async () => {
    expect(refusalOf(await plan('f'.repeat(40)))).toContain(`git cannot fetch ${'f'.repeat(40)}:`);
    expect(refusalOf(await plan('--upload-pack=evil'))).toContain('give the full id of a commit');
    token = 'ghs_stale';
    const refusal = refusalOf(await plan(changeBudget('2200')));
    expect(refusal).toContain('git cannot fetch');
    expect(refusal).not.toContain('ghs_stale');
  });

  it('is for pull requests alone', async () => {
    const inputs = { base, head: changeBudget('2200'), token };
    const ended = await runAction('comment-plan', github, inputs, { merge_group: {} }, clone);
    expect(refusalOf(ended)).toContain('this event is not of a pull request');
  });
});

function plan(head: string, { repository = 'acme/gateway', labels = [] as string[] } = {}): Promise<EndedAction> {
  const event = {
    pull_request: {
      number: 1,
      labels: labels.map((name) => ({ name })),
      head: { repo: { full_name: repository } },
    },
  };
  return runAction('comment-plan', github, { base, head, token }, event, clone);
}

function breakTeam(): string {
  return commit(TEAM, textOf(TEAM).replace(BUDGET, 'max_budget: lots'));
}

function changeBudget(usd: string): string {
  return commit(TEAM, textOf(TEAM).replace(BUDGET, `max_budget: ${usd}`));
}

function commit(path: string, text: string): string {
  const head = github.objects.headOf('topic');
  return github.objects.commit('topic', head, [{ path, contents: Buffer.from(text) }], 'change', 'someone');
}

function textOf(path: string): string {
  return github.objects.read(base, path);
}
