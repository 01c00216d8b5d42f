import { realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { watchFolder, type Watcher } from './watch-folder.ts';

/**
 * What the path leads to at the moment; undefined where there is nothing. Taken before a file is read, it makes sure
 * that no change between reading and watching is missed.
 */
export async function identifyFile(file: string): Promise<string | undefined> {
  try {
    const target = await realpath(file);
    const { ino, mtimeMs, size } = await stat(target);
    return [target, ino, mtimeMs, size].join('|');
  } catch {
    return undefined;
  }
}

/**
 * Calls `onChange` after the file's content was replaced. Kubernetes swaps a symlink beside the file and tells nobody
 * about the file itself, so the folder is watched and what the path leads to is compared. `identity` is the file's
 * when it was last read.
 */
export function watchFile(file: string, identity: string | undefined, onChange: () => void): Watcher {
  let seen = identity;
  return watchFolder(dirname(file), async () => {
    const now = await identifyFile(file);
    const hasChanged = now !== undefined && now !== seen;
    seen = now ?? seen;
    if (hasChanged) onChange();
  });
}
