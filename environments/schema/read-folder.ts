import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Whether there is a folder at the path. */
export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** The names of the folders in a folder, in order and without hidden ones; none where there is no such folder. */
export function folderNames(folder: string): string[] {
  return visibleNames(folder).filter((name) => isFolder(join(folder, name)));
}

/** The names of the files in a folder, in order and without hidden ones; none where there is no such folder. */
export function fileNames(folder: string): string[] {
  return visibleNames(folder).filter((name) => !isFolder(join(folder, name)));
}

/** Hidden files belong to Git and to editors. */
function visibleNames(folder: string): string[] {
  if (!isFolder(folder)) return [];
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .toSorted();
}
