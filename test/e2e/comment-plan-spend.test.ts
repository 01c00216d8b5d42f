import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPostgresSpendStore } from '../../proxy/spend/postgres-spend-store.ts';
import { runAction, type EndedAction } from '../actions/run-action.ts';
import { startFakeGitHub, type FakeGitHub } from '../support/fake-github.ts';
import { POSTGRES_PROGRAMS, startPostgres, type TestPostgres } from '../support/postgres.ts';
import { describeWithPrograms } from '../support/real-program.ts';
import { spendRow } from '../support/spend-row.ts';
import { makeTempFolder, removeFolder } from '../support/temp-folder.ts';

const ROOT = join(import.meta.dirname, '../..');
const TEAM = 'environments/dev/keys/search.yaml';
const USD = 1_000_000_000;
const UNKNOWN = 'Perhaps refused at once';

describeWithPrograms([...POSTGRES_PROGRAMS, 'git'], 'comment-plan with spend-url', () => {
  let server: TestPostgres;
  let github: FakeGitHub;
  let clone: string;
  let base: string;
  let token: string;
  let head: string;

  beforeAll(async () => {
    server = await startPostgres();
    const store = createPostgresSpendStore({ url: server.url, connectionTimeoutMs: 5_000 });
    await store.migrate();
    const row = spendRow('a', { team_id: 'search', started_at_ms: Date.now(), cost_nano_usd: 620 * USD });
    await store.insert(Buffer.from(`${JSON.stringify(row)}\n`));
    store.close();

    github = await startFakeGitHub();
    base = github.objects.commitFolder('main', ROOT, ['environments', 'dist']);
    github.objects.createBranch('topic', base);
    github.openPullRequest({ head: 'topic', base: 'main', title: 'less money' });
    clone = makeTempFolder();
    execFileSync('git', ['clone', '--quiet', '--branch', 'main', github.objects.folder, clone], { stdio: 'ignore' });
    const permissions = { contents: 'read', pull_requests: 'write' } as const;
    token = github.addToken({ login: 'github-actions[bot]', type: 'Bot', permissions });
    const text = github.objects.read(base, TEAM).replace(/^max_budget: \d+/m, 'max_budget: 500');
    head = github.objects.commit('topic', base, [{ path: TEAM, contents: Buffer.from(text) }], 'less', 'someone');
  });
  afterAll(async () => {
    removeFolder(clone);
    await github.stop();
    await server.remove();
  });

  function plan(inputs: Readonly<Record<string, string>>): Promise<EndedAction> {
    const event = { pull_request: { number: 1, labels: [], head: { repo: { full_name: 'acme/gateway' } } } };
    return runAction('comment-plan', github, { base, head, token, ...inputs }, event, clone);
  }

  it('says who has spent more already than the change leaves them', async () => {
    const { exitCode, log } = await plan({ 'spend-url': server.url });
    expect(log).not.toContain('::warning::');
    expect(exitCode).toBe(0);
    const { body = '' } = github.comments[0] ?? {};
    expect(body).toMatch(/^- team `search` has spent \$620\.00 since [-\d]+, and the budget is \$500\.00$/m);
    expect(body).toContain('### The last 30 days under this change');
    expect(body).not.toContain(UNKNOWN);
    // Nothing but the mask that GitHub takes from the log.
    expect(log.replace(`::add-mask::${server.url}\n`, '')).not.toContain(server.url);
  });

  it('says that nobody knows who has, without an address and with one that leads nowhere', async () => {
    const silent = await plan({});
    expect(silent.log).not.toContain('::warning');
    expect(silent.summary).toContain(UNKNOWN);
    expect(silent.summary).toContain('\n- team `search`: $1,500.00 a month until now, $500.00 a month from now on\n');

    const address = 'postgres://reader:hidden-word@127.0.0.1:1/books';
    const { exitCode, log, summary } = await plan({ 'spend-url': address });
    expect(exitCode).toBe(0);
    expect(log).toContain(
      '::warning::the plan does not know what was spent: the database of spend-url cannot be read: nothing listens there',
    );
    expect(log.replace(`::add-mask::${address}\n`, '')).not.toMatch(/hidden-word|127\.0\.0\.1:1/);
    expect(summary).toContain(UNKNOWN);
  });

  it('leaves the database alone where its environment does not change', async () => {
    const { log, summary } = await plan({ 'spend-url': 'postgres://127.0.0.1:1/books', 'spend-of': 'prod' });
    expect(log).toContain('spend-url is of prod, which does not change');
    expect(log).not.toContain('::warning');
    expect(summary).toContain(UNKNOWN);
  });
});
