import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startFakeGitHub, type FakeGitHub } from '../support/fake-github.ts';
import { describeWithPrograms } from '../support/real-program.ts';
import { TREE } from './pull-request-scene.ts';
import { runWorkflow, type EndedWorkflow } from './run-workflow.ts';

/** A run is a dozen processes, which take a minute where others compute too. */
vi.setConfig({ testTimeout: 600_000 });

const ROOT = join(import.meta.dirname, '../..');
const TEAM = 'environments/dev/keys/search.yaml';

let github: FakeGitHub;
let merged: string;

beforeEach(async () => {
  github = await startFakeGitHub();
  merged = github.objects.commitFolder('main', ROOT, TREE);
});

afterEach(() => github.stop());

describeWithPrograms(['act', 'git', 'bicep'], 'main.yaml under act', () => {
  it('passes where dist/ is what its environments render', async () => {
    const { exitCode, errors, log } = await push();
    expect(errors).toEqual([]);
    expect(exitCode).toBe(0);
    expect(log).toContain('dist/ is in step with environments/');
  });

  it('fails where a merge left dist/ behind, names the files, and writes nothing', async () => {
    const text = github.objects.read(merged, TEAM).replace(/^max_budget: \d+/m, 'max_budget: 1600');
    const contents = Buffer.from(`${text}\n`);
    merged = github.objects.commit('main', merged, [{ path: TEAM, contents }], 'more', 'someone');
    const { exitCode, errors, log } = await push();
    expect(exitCode).not.toBe(0);
    expect(errors).toEqual([expect.stringMatching(/^dist\/ is out of step/)]);
    expect(log).toContain('dev/gateway/ConfigMap.gateway-config.yaml');
    expect(github.objects.headOf('main')).toBe(merged);
    expect(github.pullRequests).toEqual([]);
  });
});

function push(): Promise<EndedWorkflow> {
  const repository = {
    full_name: github.repository,
    name: 'gateway',
    owner: { login: 'acme' },
    default_branch: 'main',
  };
  return runWorkflow(github, {
    workflow: 'main.yaml',
    eventName: 'push',
    event: { ref: 'refs/heads/main', after: merged, repository },
    commit: merged,
    token: github.addToken({ login: 'github-actions[bot]', type: 'Bot', permissions: { contents: 'read' } }),
  });
}
