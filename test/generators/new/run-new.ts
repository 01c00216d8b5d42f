import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { scratchRepository, type ScratchRepository } from '../scratch-repository.ts';

/** Runs `npm run new -- ...` there. */
export function make({ run }: ScratchRepository, ...args: string[]): ReturnType<ScratchRepository['run']> {
  return run('new/main.ts', args);
}

/** The text of every authored file, by its path. */
export function filesOf({ root, read }: ScratchRepository): Record<string, string> {
  const paths = readdirSync(join(root, 'environments'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
  return Object.fromEntries(paths.toSorted().map((path) => [path, read(path)]));
}

/** The environments of this repository, as they are. */
export function copyOfOurs(): ScratchRepository {
  const repository = scratchRepository();
  rmSync(join(repository.root, 'environments'), { recursive: true });
  cpSync(join(import.meta.dirname, '../../../environments'), join(repository.root, 'environments'), {
    recursive: true,
    filter: (path) => !path.endsWith('.ts'),
  });
  return repository;
}
