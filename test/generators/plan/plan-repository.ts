import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { scratchRepository, type ScratchRepository } from '../scratch-repository.ts';

export interface PlanRepository extends ScratchRepository {
  /** Writes a file, and the folders on its way. */
  readonly put: (path: string, text: string) => void;
  /** Replaces a text that must stand in the file. */
  readonly edit: (path: string, from: string, to: string) => void;
  readonly remove: (path: string) => void;
  readonly git: (...args: string[]) => string;
  /** Commits all that differs and gives the commit's id. */
  readonly commit: (message?: string) => string;
}

/** A scratch repository of which the sound environments are the first commit, tagged `start`. */
export function planRepository(): PlanRepository {
  const scratch = scratchRepository();
  const git = (...args: string[]) => runGit(scratch.root, args);
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(scratch.root, path)), { recursive: true });
    scratch.write(path, text);
  };
  const repository: PlanRepository = {
    ...scratch,
    put,
    edit: (path, from, to) => {
      const text = scratch.read(path);
      if (!text.includes(from)) throw new Error(`${path} does not have ${from}`);
      scratch.write(path, text.replace(from, to));
    },
    remove: (path) => rmSync(join(scratch.root, path), { recursive: true }),
    git,
    commit: (message = 'change') => {
      git('add', '--all');
      git('commit', '--quiet', '--allow-empty', '-m', message);
      return git('rev-parse', 'HEAD').trim();
    },
  };
  git('init', '--quiet', '--initial-branch=main');
  put('dist/dev/gateway/Service.gateway.yaml', 'kind: Service\n');
  put('dist/prod/gateway/Service.gateway.yaml', 'kind: Service\n');
  repository.commit('start');
  git('tag', 'start');
  return repository;
}

/** Runs git as nobody in particular, whatever this machine's settings are. */
export function runGit(folder: string, args: readonly string[]): string {
  const author = ['-c', 'user.name=test', '-c', 'user.email=test@localhost', '-c', 'commit.gpgSign=false'];
  return execFileSync('git', ['-C', folder, ...author, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
