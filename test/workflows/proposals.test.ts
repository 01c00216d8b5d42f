import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startFakeGitHub, type FakeGitHub } from '../support/fake-github.ts';
import type { App } from '../support/fake-github/identities.ts';
import { describeWithPrograms } from '../support/real-program.ts';
import { appSettings, TREE } from './pull-request-scene.ts';
import { runWorkflow, type EndedWorkflow } from './run-workflow.ts';

/** A run is a dozen processes, which take a minute where others compute too. */
vi.setConfig({ testTimeout: 600_000 });

const ROOT = join(import.meta.dirname, '../..');
const RELEASE = 'environments/prod/release.yaml';

let github: FakeGitHub;
let app: App;
let base: string;

beforeEach(async () => {
  github = await startFakeGitHub();
  app = github.addApp('tollgate', { contents: 'write', pull_requests: 'write' });
  base = github.objects.commitFolder('main', ROOT, TREE);
});

afterEach(() => github.stop());

describeWithPrograms(['act', 'git', 'bicep'], 'create-environment.yaml under act', () => {
  const inputs = { name: 'staging', from: 'dev', size: 'small', location: 'westeurope', domain: 'eu.example.com' };

  it('opens a pull request with the files of the environment and what they render', async () => {
    const ended = await dispatch('create-environment.yaml', inputs);
    expect(ended.errors).toEqual([]);
    expect(ended.exitCode).toBe(0);
    expect(github.pullRequests).toMatchObject([
      {
        base: 'main',
        head: 'create/staging',
        title: 'feat(environments): create staging',
        user: 'tollgate[bot]',
        body: expect.stringContaining('A new environment is proposed'),
      },
    ]);
    const head = github.objects.headOf('create/staging') ?? '';
    expect(github.objects.read(head, 'environments/staging/environment.yaml')).toContain('westeurope');
    expect(github.objects.hasPath(head, 'dist/staging/gateway')).toBe(true);
    expect(github.objects.headOf('main')).toBe(base);
  });

  it("ends with the command's own line where the environment cannot be, and opens nothing", async () => {
    const { exitCode, errors } = await dispatch('create-environment.yaml', { ...inputs, name: 'dev' });
    expect(exitCode).not.toBe(0);
    expect(errors).toEqual(['environments/dev exists already: choose another name']);
    expect(github.pullRequests).toEqual([]);
  });

  it('takes no option for a name', async () => {
    const { exitCode, errors } = await dispatch('create-environment.yaml', { ...inputs, name: '--help' });
    expect(exitCode).not.toBe(0);
    expect(errors).toEqual([expect.stringContaining("'--help' is no name of an environment: use a lower-case letter")]);
    expect(github.pullRequests).toEqual([]);
  });

  it('ends in one line without the app', async () => {
    const { exitCode, errors } = await dispatch('create-environment.yaml', inputs, { hasApp: false });
    expect(exitCode).not.toBe(0);
    expect(errors).toEqual([expect.stringContaining('no app may open the pull request: set DIST_WRITER_CLIENT_ID')]);
    expect(github.pullRequests).toEqual([]);
  });
});

describeWithPrograms(['act', 'git', 'bicep'], 'promote.yaml under act', () => {
  it('opens a pull request with the pins moved and rendered, and finds it again the next time', async () => {
    const before = github.objects.read(base, RELEASE);
    makePromotable();
    const first = await dispatch('promote.yaml', { from: 'dev', to: 'prod' });
    expect(first.errors).toEqual([]);
    expect(first.exitCode).toBe(0);
    expect(github.pullRequests).toMatchObject([
      {
        head: 'promote/dev-to-prod',
        title: 'feat(environments): promote dev to prod',
        body: expect.stringContaining('gateway'),
      },
    ]);
    const head = github.objects.headOf('promote/dev-to-prod') ?? '';
    expect(github.objects.read(head, RELEASE)).not.toBe(before);

    const second = await dispatch('promote.yaml', { from: 'dev', to: 'prod' });
    expect(second.exitCode).toBe(0);
    expect(second.log).toContain('pull request 1 is brought up to date');
    expect(github.objects.headOf('promote/dev-to-prod')).toBe(head);
  });

  it("ends with the command's own line where a digest is unresolved, and opens nothing", async () => {
    const { exitCode, log } = await dispatch('promote.yaml', { from: 'dev', to: 'prod' });
    expect(exitCode).not.toBe(0);
    expect(log).toContain('dev has no digest for images.gateway');
    expect(github.pullRequests).toEqual([]);
  });
});

/** Gives every artifact of dev a digest, and the gateway's its commit, as `npm run pin` would where registries can be reached. */
function makePromotable(): void {
  const path = 'environments/dev/release.yaml';
  let count = 0;
  const pinned = github.objects
    .read(base, path)
    .replaceAll('digest: unresolved', () => `digest: ${digest((count += 1))}`)
    .replaceAll('commit: unresolved', `commit: ${base}`);
  base = github.objects.commit('main', base, [{ path, contents: Buffer.from(`${pinned}\n`) }], 'pin', 'someone');
}

/** One that the check takes for a registry's: it refuses those with a pattern. */
function digest(number: number): string {
  return `sha256:${createHash('sha256').update(`artifact ${number}`).digest('hex')}`;
}

function dispatch(workflow: string, inputs: Record<string, string>, { hasApp = true } = {}): Promise<EndedWorkflow> {
  const repository = {
    full_name: github.repository,
    name: 'gateway',
    owner: { login: 'acme' },
    default_branch: 'main',
  };
  return runWorkflow(github, {
    workflow,
    eventName: 'workflow_dispatch',
    event: { inputs, repository, ref: 'refs/heads/main' },
    commit: base,
    token: github.addToken({ login: 'github-actions[bot]', type: 'Bot', permissions: { contents: 'read' } }),
    inputs,
    ...(hasApp && appSettings(app)),
  });
}
