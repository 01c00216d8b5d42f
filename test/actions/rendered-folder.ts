import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tempFolder } from '../support/temp-folder.ts';

/** A new folder with these files, as an artifact of another job is unpacked. */
export function renderedFolder(files: Readonly<Record<string, string>>): string {
  const folder = tempFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Edits that put these files into a commit. */
export function editsOf(files: Readonly<Record<string, string>>): { path: string; contents: Buffer }[] {
  return Object.entries(files).map(([path, text]) => ({ path, contents: Buffer.from(text) }));
}
