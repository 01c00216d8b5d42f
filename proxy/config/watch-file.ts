import { watch } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

const SETTLE_MS = 100;
const POLL_MS = 5_000;

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
 * about the file itself, so the folder is watched and what the path leads to is compared; a slow look now and then
 * covers file systems that send no events. `identity` is the file's when it was last read.
 */
export function watchFile(file: string, identity: string | undefined, onChange: () => void): { close(): void } {
  let seen = identity;
  let timer: NodeJS.Timeout | undefined;

  async function look(): Promise<void> {
    const now = await identifyFile(file);
    const hasChanged = now !== undefined && now !== seen;
    seen = now ?? seen;
    if (hasChanged) onChange();
  }

  function soon(): void {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), SETTLE_MS);
  }

  soon();
  const watcher = watch(dirname(file), soon);
  watcher.on('error', soon);
  const poll = setInterval(() => void look(), POLL_MS);
  poll.unref();
  return {
    close() {
      watcher.close();
      clearInterval(poll);
      clearTimeout(timer);
    },
  };
}
