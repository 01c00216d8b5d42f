import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

// A link is neither a file nor a folder here: what it leads to could change without a change of what was reviewed.

/** What to say of a link, here and in a plan. */
export const LINK_REFUSAL = 'links are not followed: commit the file itself';

/** Whether there is a folder at the path; a link to one is none. */
export function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Whether the path itself is a link, wherever that leads. */
export function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

/** The names of the folders in a folder, in order and without hidden ones; none where there is no such folder. */
export function folderNames(folder: string): string[] {
  return visibleNames(folder).filter((name) => isFolder(join(folder, name)));
}

/** The names of all else in a folder, in order and without hidden ones; none where there is no such folder. */
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
