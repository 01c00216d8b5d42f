import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectToGitHub, type GitHub } from '../../../.github/actions/github/connect-to-github.ts';
import { describeFailure } from '../../../.github/actions/github/describe-failure.ts';
import { keepStickyComment, type CommentOutcome } from '../../../.github/actions/github/sticky-comment.ts';
import { startFakeGitHub, tooManyRequests, type FakeGitHub } from '../../support/fake-github.ts';

const MARKER = '<!-- plan -->';

let fake: FakeGitHub;
let github: GitHub;
let pauses: number[];

beforeEach(async () => {
  fake = await startFakeGitHub();
  fake.openPullRequest({ head: 'topic', base: 'main', title: 'topic' });
  pauses = [];
  github = connectToGitHub({
    token: fake.addToken({ login: 'a[bot]', type: 'Bot', permissions: { pull_requests: 'write' } }),
    repository: { owner: 'acme', repo: 'gateway' },
    apiUrl: fake.url,
    graphqlUrl: `${fake.url}/graphql`,
    pause: (ms) => Promise.resolve(pauses.push(ms)),
  });
});

afterEach(() => fake.stop());

describe('keepStickyComment', () => {
  it('finds its comment behind hundreds of others', async () => {
    addComments(250);
    expect(await keep('one')).toBe('created');
    expect(await keep('two')).toBe('edited');
    expect(fake.comments).toHaveLength(251);
    expect(fake.comments.at(-1)?.body).toBe(`${MARKER}\ntwo`);
  });

  it('keeps one of two that runs at the same time have made', async () => {
    for (const id of [1, 2]) fake.comments.push({ id, issueNumber: 1, user: bot(), body: `${MARKER}\nold` });
    expect(await keep('new')).toBe('edited');
    expect(fake.comments).toMatchObject([{ id: 1, body: `${MARKER}\nnew` }]);
  });

  it.each([
    { login: 'someone', type: 'User' },
    { login: 'dependabot[bot]', type: 'Bot' },
    { login: 'a', type: 'User' },
  ] as const)('leaves a comment of $login alone, even one that begins like its own', async (user) => {
    fake.comments.push({ id: 9, issueNumber: 1, user, body: `${MARKER}\nmine` });
    expect(await keep('plan')).toBe('created');
    expect(fake.comments).toMatchObject([{ id: 9, body: `${MARKER}\nmine` }, { body: `${MARKER}\nplan` }]);

    expect(await keep('another plan')).toBe('edited');
    expect(fake.comments).toMatchObject([{ id: 9, body: `${MARKER}\nmine` }, { body: `${MARKER}\nanother plan` }]);
  });

  it('says that a text is too long for GitHub', async () => {
    const failure = await keep('x'.repeat(65_536)).catch(describeFailure);
    expect(failure).toMatch(/^POST \S+: GitHub refuses what was sent \(422 Validation Failed: Body is too long/);
  });

  it('waits as long as GitHub asks, and asks again after a failure only where that cannot comment twice', async () => {
    fake.failNext(2, tooManyRequests(7));
    fake.failNext(1, { status: 502, body: {} }, 'GET');
    expect(await keep('plan')).toBe('created');
    expect(pauses.map((ms) => Math.round(ms / 1000))).toEqual([7, 7, 2]);

    fake.comments.length = 0;
    fake.failNext(1, { status: 502, body: {} }, 'POST');
    expect(await keep('plan').catch(describeFailure)).toContain('GitHub answered 502');
    expect(fake.comments).toEqual([]);
  });
});

function keep(body: string): Promise<CommentOutcome> {
  return keepStickyComment(github, { pullNumber: 1, marker: MARKER, body, bodyOnceEmpty: 'nothing' });
}

function addComments(count: number): void {
  for (let id = 1; id <= count; id += 1)
    fake.comments.push({ id: 1000 + id, issueNumber: 1, user: bot(), body: `comment ${id}` });
}

function bot(): { login: string; type: 'Bot' } {
  return { login: 'a[bot]', type: 'Bot' };
}
