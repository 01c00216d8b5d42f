import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Refusal } from '../command-line/refusal.ts';
import type { PlannedFile } from './plan-files.ts';

/**
 * Writes all files or none: every text lies beside its place before the first of them moves there, and where a move
 * fails those before it are taken back. Throws a Refusal.
 */
export function writeFilesTogether(files: readonly PlannedFile[]): void {
  const staged = files.map((file) => ({ ...file, next: join(dirname(file.path), `.${basename(file.path)}.import`) }));
  const made = foldersToMake(files);
  const written: string[] = [];
  const moved: PlannedFile[] = [];
  try {
    for (const { path } of files) mkdirSync(dirname(path), { recursive: true });
    for (const { next, text } of staged) {
      writeFileSync(next, text);
      written.push(next);
    }
    for (const file of staged) {
      renameSync(file.next, file.path);
      moved.push(file);
    }
  } catch (error) {
    for (const { path, before } of moved) {
      if (before === undefined) rmSync(path, { force: true });
      else writeFileSync(path, before);
    }
    for (const next of written) rmSync(next, { force: true });
    for (const folder of made) rmSync(folder, { recursive: true, force: true });
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new Refusal(`nothing is written: a file cannot be (${code})`, { cause: error });
  }
}

function foldersToMake(files: readonly PlannedFile[]): string[] {
  const folders = files.flatMap(({ path }) => [dirname(path), dirname(dirname(path))]);
  return [...new Set(folders)].filter((folder) => !existsSync(folder));
}
