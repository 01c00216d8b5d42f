import { join } from 'node:path';
import { startFakeGitHub, type FakeGitHub } from '../support/fake-github.ts';
import type { App } from '../support/fake-github/identities.ts';
import { runWorkflow, type EndedWorkflow } from './run-workflow.ts';

const ROOT = join(import.meta.dirname, '../..');
const TEAM = 'environments/dev/keys/search.yaml';
/** Real programs are not installed a second time. */
const NO_INSTALL = { path: '.ci/install-programs', contents: Buffer.from('#!/bin/sh\n'), isExecutable: true };

/** What the workflows use of this repository. */
export const TREE =
  '.ci .github .gitattributes .gitignore .node-version dist environments generators infra package.json'.split(' ');

/** This repository as it lies on disk, on a fake GitHub, with a pull request and the app that may commit to it. */
export interface PullRequestScene {
  readonly github: FakeGitHub;
  readonly base: string;
  readonly app: App;
  /** Commits to the pull request's branch; gives the commit. */
  change(path: string, text: string): string;
  changeBudget(usd: number): string;
  /** The files of the base again. */
  takeBack(): string;
  run(options?: {
    head?: string;
    job?: string;
    token?: string;
    hasApp?: boolean;
    fork?: string;
  }): Promise<EndedWorkflow>;
}

export async function openPullRequestScene(): Promise<PullRequestScene> {
  const github = await startFakeGitHub();
  const first = github.objects.commitFolder('main', ROOT, TREE);
  const base = github.objects.commit('main', first, [NO_INSTALL], 'no install', 'someone');
  github.objects.createBranch('more-money', base);
  github.openPullRequest({ head: 'more-money', base: 'main', title: 'more money' });
  const app = github.addApp('tollgate', { contents: 'write', pull_requests: 'write' });
  const budget = github.objects.read(base, TEAM);
  const headNow = (): string => github.objects.headOf('more-money') ?? '';

  function change(path: string, text: string): string {
    return github.objects.commit('more-money', headNow(), [{ path, contents: Buffer.from(text) }], 'change', 'someone');
  }

  return {
    github,
    base,
    app,
    change,
    takeBack: () => github.objects.restore('more-money', base),
    changeBudget: (usd) => change(TEAM, `${budget.replace(/^max_budget: \d+/m, `max_budget: ${usd}`)}\n`),
    run: ({ head = headNow(), job, token = jobToken(github), hasApp = true, fork } = {}) =>
      runWorkflow(github, {
        workflow: 'pull-request.yaml',
        eventName: 'pull_request',
        event: eventOf(github, base, head, fork),
        commit: head,
        token,
        ...(job !== undefined && { job }),
        ...(hasApp && appSettings(app)),
      }),
  };
}

/** What the environment dist-writer has. */
export function appSettings(app: App): { variables: Record<string, string>; secrets: Record<string, string> } {
  return { variables: { DIST_WRITER_CLIENT_ID: app.clientId }, secrets: { DIST_WRITER_PRIVATE_KEY: app.privateKey } };
}

/** act does not narrow a token to a job's permissions: it has those of the job `plan`. */
function jobToken(github: FakeGitHub): string {
  const permissions = { contents: 'read', pull_requests: 'write' } as const;
  return github.addToken({ login: 'github-actions[bot]', type: 'Bot', permissions });
}

function eventOf(github: FakeGitHub, base: string, head: string, fork = github.repository): object {
  const repository = {
    full_name: github.repository,
    name: 'gateway',
    owner: { login: 'acme' },
    default_branch: 'main',
  };
  return {
    action: 'synchronize',
    number: 1,
    repository,
    pull_request: {
      number: 1,
      labels: [],
      user: { login: 'someone' },
      base: { ref: 'main', sha: base, repo: repository },
      head: { ref: 'more-money', sha: head, repo: { full_name: fork } },
    },
  };
}
