import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { tooManyRequests } from '../support/fake-github.ts';
import { invalid } from '../support/fake-github/answer.ts';
import { describeWithPrograms } from '../support/real-program.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { openPullRequestScene, type PullRequestScene } from './pull-request-scene.ts';

/** A run is a dozen processes, which take a minute where others compute too. */
vi.setConfig({ testTimeout: 600_000 });

const ROOT = join(import.meta.dirname, '../..');

/** Of no rendering: what puts it away is a deletion. */
const STALE_FILE = 'dist/dev/gateway/ConfigMap.left-behind.yaml';

let scene: PullRequestScene;

beforeEach(async () => {
  scene = await openPullRequestScene();
});

afterEach(() => scene.github.stop());

describeWithPrograms(['act', 'git', 'bicep'], 'pull-request.yaml under act', () => {
  it('plans, commits the render, and keeps one comment as the change grows and goes', async () => {
    const { github } = scene;
    scene.change(STALE_FILE, 'kind: Nothing\n');
    scene.changeBudget(1600);
    const first = await scene.run();
    expect(first.errors).toEqual(['dist/ is out of step: the run of the commit that brings it in step decides']);
    expect(first.exitCode).not.toBe(0);
    expect(github.comments).toMatchObject([{ id: 1, body: expect.stringContaining('$1,600') }]);

    const rendered = github.objects.headOf('more-money') ?? '';
    expect(driftOf(rendered)).toBe('dist/ is in step with environments/\n');
    const before = github.comments[0]?.body.length ?? 0;

    const second = await scene.run();
    expect(second).toMatchObject({ errors: [], exitCode: 0 });
    expect(github.objects.headOf('more-money')).toBe(rendered);
    expect(github.comments).toMatchObject([{ id: 1, body: expect.stringContaining('ConfigMap') }]);
    expect(github.comments[0]?.body.length).toBeGreaterThan(before);

    scene.takeBack();
    expect((await scene.run({ job: 'plan' })).exitCode).toBe(0);
    expect(github.comments).toMatchObject([
      { id: 1, body: expect.stringContaining('nothing changes in any environment') },
    ]);
  });

  it("runs the base's actions, whatever the pull request makes of them", async () => {
    const marker = makeHostile();
    const head = scene.changeBudget(1600);
    await scene.run();

    expect(existsSync(marker)).toBe(false);
    expect(scene.github.comments).toHaveLength(1);
    expect(scene.github.objects.headOf('more-money')).not.toBe(head);
  });

  it('runs the actions that the base branch has now, on a pull request that was opened before', async () => {
    const { github, base } = scene;
    const { marker, code } = makeMarker();
    github.objects.commit('main', base, [{ path: bundleOf('comment-plan'), contents: code }], 'fix', 'someone');
    await scene.run({ head: scene.changeBudget(1600), job: 'plan' });
    expect(existsSync(marker)).toBe(true);
  });

  it("would run the pull request's actions if the job checked the pull request out", async () => {
    const marker = makeHostile();
    const path = '.github/workflows/pull-request.yaml';
    const workflow = scene.github.objects.read(scene.base, path);
    scene.change(path, `${workflow.replaceAll('ref: ${{ github.event.pull_request.base.ref }}', '')}\n`);
    await scene.run({ job: 'plan' });
    expect(existsSync(marker)).toBe(true);
  });

  it('gives a fork a failing check with the patch, and writes nothing', async () => {
    const head = scene.change(STALE_FILE, 'kind: Nothing\n');
    const { errors, exitCode, artifacts } = await scene.run({ fork: 'stranger/gateway' });

    expect(exitCode).not.toBe(0);
    expect(errors).toContain(
      'dist/ is out of step: run npm run render, or git apply dist.patch of the artifact dist-patch, and commit',
    );
    const patch = readFileSync(join(artifacts, 'dist-patch/dist.patch'), 'utf8');
    expect(patch).toContain(`--- a/${STALE_FILE}\n+++ /dev/null`);
    expect(patch.match(/^diff /gm)).toHaveLength(1);
    expect(scene.github.comments).toEqual([]);
    expect(scene.github.objects.headOf('more-money')).toBe(head);
  });

  it('leaves a branch alone that moved while it ran', async () => {
    const head = scene.changeBudget(1600);
    const moved = scene.changeBudget(1700);
    const { errors, exitCode } = await scene.run({ head, job: 'commit' });
    expect(exitCode).not.toBe(0);
    expect(errors).toEqual([expect.stringContaining(`more-money moved on from ${head} while this ran`)]);
    expect(scene.github.objects.headOf('more-money')).toBe(moved);
  });

  it('ends in one line without the app that may commit', async () => {
    const head = scene.changeBudget(1600);
    const { errors, exitCode } = await scene.run({ job: 'commit', hasApp: false });
    expect(exitCode).not.toBe(0);
    expect(errors).toEqual([expect.stringContaining('no app may commit dist/: set DIST_WRITER_CLIENT_ID')]);
    expect(scene.github.objects.headOf('more-money')).toBe(head);
  });

  it('ends in one line where GitHub refuses the comment for its token, its length or its haste', async () => {
    const { github } = scene;
    scene.changeBudget(1600);
    const token = github.addToken({ login: 'github-actions[bot]', type: 'Bot', permissions: { contents: 'read' } });
    const forbidden = await scene.run({ job: 'plan', token });
    expect(forbidden.errors).toEqual([expect.stringContaining('the token may not do this (403')]);

    github.failNext(1, invalid('IssueComment', 'data', 'Body is too long (maximum is 65536 characters)'), 'POST');
    const long = await scene.run({ job: 'plan' });
    expect(long.errors).toEqual([expect.stringContaining('Body is too long (maximum is 65536 characters)')]);

    github.failNext(4, tooManyRequests(0), 'POST');
    const hasty = await scene.run({ job: 'plan' });
    expect(hasty.errors).toEqual([expect.stringContaining('GitHub limits our requests (429)')]);
    expect([forbidden, long, hasty].map(({ exitCode }) => exitCode)).not.toContain(0);
    expect(github.comments).toEqual([]);
  });
});

/** Has the pull request put other code into the actions; gives the file that this code would write. */
function makeHostile(): string {
  const { marker, code } = makeMarker();
  for (const action of ['comment-plan', 'commit-dist']) scene.change(bundleOf(action), code.toString());
  return marker;
}

/** Code that writes a file. */
function makeMarker(): { marker: string; code: Buffer } {
  const marker = join(tempFolder(), 'it-ran');
  const write = `writeFileSync(${JSON.stringify(marker)}, '');`;
  return { marker, code: Buffer.from(`import { writeFileSync } from 'node:fs';\n${write}\n`) };
}

function bundleOf(action: string): string {
  return `.github/actions/${action}/dist/index.js`;
}

/** What `npm run diff` says of a commit. */
function driftOf(commit: string): string {
  const folder = join(tempFolder(), 'clone');
  execFileSync('git', ['clone', '--quiet', scene.github.objects.folder, folder], { stdio: 'ignore' });
  execFileSync('git', ['-C', folder, 'checkout', '--quiet', commit]);
  execFileSync('ln', ['-s', join(ROOT, 'node_modules'), join(folder, 'node_modules')]);
  return execFileSync(process.execPath, ['generators/diff/main.ts', '--quiet'], { cwd: folder }).toString();
}
