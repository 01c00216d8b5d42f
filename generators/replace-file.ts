import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Gives a file a new text by a rename, so that a reader sees the old one or the new one and nothing between. */
export function replaceFile(file: string, text: string): void {
  const next = join(dirname(file), `.${basename(file)}.${process.pid}`);
  try {
    writeFileSync(next, text, { mode: statSync(file).mode });
    renameSync(next, file);
  } finally {
    rmSync(next, { force: true });
  }
}
