import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Writes a rendering, given by paths below `dist`: all of it, or the folder of one environment alone. */
export function writeDist(dist: string, files: ReadonlyMap<string, string>, environmentName?: string): void {
  if (environmentName === undefined) return replaceFolder(dist, files);
  const prefix = `${environmentName}/`;
  const own = [...files].filter(([path]) => path.startsWith(prefix));
  replaceFolder(join(dist, environmentName), new Map(own.map(([path, text]) => [path.slice(prefix.length), text])));
}

/**
 * Replaces `folder` by `files`, whole: what is not among them is gone. Everything is written beside it first, so
 * that a failure leaves the old folder as it was.
 */
function replaceFolder(folder: string, files: ReadonlyMap<string, string>): void {
  mkdirSync(dirname(folder), { recursive: true });
  const scratch = mkdtempSync(`${folder}.writing-`);
  try {
    const next = join(scratch, 'next');
    writeFiles(next, files);
    swapFolders(folder, next, join(scratch, 'previous'));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Writes text files, given by their path below `folder`. */
export function writeFiles(folder: string, files: ReadonlyMap<string, string>): void {
  const inner = new Set([...files.keys()].map((path) => dirname(join(folder, path))));
  for (const made of [folder, ...inner]) mkdirSync(made, { recursive: true });
  for (const [path, text] of files) writeFileSync(join(folder, path), text);
}

function swapFolders(folder: string, next: string, previous: string): void {
  const isReplacement = existsSync(folder);
  if (isReplacement) renameSync(folder, previous);
  try {
    renameSync(next, folder);
  } catch (error) {
    if (isReplacement) renameSync(previous, folder);
    throw error;
  }
}
