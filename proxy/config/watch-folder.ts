import { watch, type FSWatcher } from 'node:fs';
import { stat } from 'node:fs/promises';

const SETTLE_MS = 100;
const POLL_MS = 5_000;

export interface Watcher {
  close(): void;
}

/**
 * Calls `look`, which never rejects, at once and soon after something in the folder was added, replaced or removed.
 * A look now and then covers file systems that send no events, and a folder that was itself replaced, which is then
 * watched in the old one's place. Looks never overlap.
 */
export function watchFolder(folder: string, look: () => Promise<void>): Watcher {
  let watcher: FSWatcher | undefined;
  let watched: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isLooking = false;
  let isDue = false;
  let isClosed = false;

  async function follow(): Promise<void> {
    const found = await identifyFolder(folder);
    if (isClosed || (watcher !== undefined && found === watched)) return;
    watcher?.close();
    watcher = found === undefined ? undefined : tryToWatch(folder, soon);
    watched = found;
  }

  async function lookWhileDue(): Promise<void> {
    isDue = !isClosed;
    if (isLooking) return;
    isLooking = true;
    while (isDue) {
      isDue = false;
      // Before the look, so that no change falls between the two.
      await follow();
      await look();
    }
    isLooking = false;
  }

  function soon(): void {
    clearTimeout(timer);
    if (!isClosed) timer = setTimeout(() => void lookWhileDue(), SETTLE_MS);
  }

  void lookWhileDue();
  const poll = setInterval(() => void lookWhileDue(), POLL_MS);
  poll.unref();
  return {
    close() {
      isClosed = true;
      isDue = false;
      watcher?.close();
      clearInterval(poll);
      clearTimeout(timer);
    },
  };
}

/** Undefined where there is no folder. A number alone would be taken again by a new folder in the same place. */
async function identifyFolder(folder: string): Promise<string | undefined> {
  const found = await stat(folder).catch(() => undefined);
  return found?.isDirectory() === true ? [found.dev, found.ino, found.birthtimeMs].join('|') : undefined;
}

/** The folder may go away in the same moment; then the next look finds out. */
function tryToWatch(folder: string, onEvent: () => void): FSWatcher | undefined {
  try {
    return watch(folder, onEvent).on('error', onEvent);
  } catch {
    return undefined;
  }
}
