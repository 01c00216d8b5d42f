import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
/** Halves the time that a command takes to start. */
const COMPILE_CACHE = join(ROOT, 'node_modules/.cache/node-compile');
const DAY_MS = 86_400_000;

/** A day so many days from now, as a file says it. */
export function dayFromNow(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
}

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ScratchRepository {
  readonly root: string;
  readonly read: (path: string) => string;
  readonly write: (path: string, text: string) => void;
  /** Runs a command of the generators there, as npm would. */
  readonly run: (command: string, args: readonly string[], input?: string, env?: NodeJS.ProcessEnv) => Outcome;
}

/** A temporary repository with sound environments and nothing else, gone when the test is over. */
export function scratchRepository(): ScratchRepository {
  const root = mkdtempSync(join(tmpdir(), 'tollgate-repository-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  cpSync(join(ROOT, 'test/fixtures/environments/sound'), join(root, 'environments'), { recursive: true });
  const repository: ScratchRepository = {
    root,
    read: (path) => readFileSync(join(root, path), 'utf8'),
    write: (path, text) => writeFileSync(join(root, path), text),
    run: (command, args, input = '', more = {}) => {
      const main = join(ROOT, 'generators', command);
      // The event that started this test run is not about the scratch repository, and neither is its page.
      const github = { GITHUB_EVENT_PATH: undefined, GITHUB_ACTIONS: undefined };
      const env = { ...process.env, NODE_COMPILE_CACHE: COMPILE_CACHE, ...github, ...more };
      const options = { cwd: root, input, env, encoding: 'utf8' } as const;
      const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], options);
      return { code: status, stdout, stderr };
    },
  };
  for (const team of ['ml', 'search']) {
    const path = `environments/dev/keys/${team}.yaml`;
    repository.write(path, repository.read(path).replace(/expires: .*/, `expires: ${dayFromNow(200)}`));
  }
  return repository;
}
