import { execFile } from 'node:child_process';
import type { Repository } from '../github/connect-to-github.ts';

const FETCH_TIMEOUT_MS = 120_000;

export interface WantedCommit {
  readonly root: string;
  readonly commit: string;
  readonly token: string;
  readonly serverUrl: string;
  readonly repository: Repository;
  /** Of this process: git finds its own programs and proxies there. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** Brings a commit's objects into the clone at `root`, and checks nothing out. Throws with git's last words. */
export async function fetchCommit({
  root,
  commit,
  token,
  serverUrl,
  repository,
  variables,
}: WantedCommit): Promise<void> {
  if (!/^[0-9a-f]{40}$/.test(commit)) throw new Error(`head is ${commit}: give the full id of a commit`);
  const url = `${serverUrl}/${repository.owner}/${repository.repo}`;
  // In a variable and not an argument, since every process of the runner can read arguments.
  const env = {
    ...variables,
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `http.${serverUrl}/.extraheader`,
    GIT_CONFIG_VALUE_0: `AUTHORIZATION: basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`,
  };
  await new Promise<void>((resolve, reject) => {
    const args = ['-C', root, 'fetch', '--quiet', '--no-tags', '--no-recurse-submodules', url, commit];
    execFile('git', args, { env, timeout: FETCH_TIMEOUT_MS }, (error, _, stderr) => {
      if (error === null) resolve();
      else reject(new Error(`git cannot fetch ${commit}: ${stderr.trim().split('\n').at(-1) ?? error.message}`));
    });
  });
}
