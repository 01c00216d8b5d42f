import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadEnvironments } from '../environments/schema/load-environments.ts';
import type { Problem } from '../environments/schema/parse-yaml.ts';
import { environmentNames } from '../environments/schema/load-environment.ts';
import { ENVIRONMENTS_FOLDER } from './command-line/environments-folder.ts';
import { Refusal } from './command-line/refusal.ts';
import { replaceFile } from './replace-file.ts';

/** New texts of authored files by their path, such as `environments/dev/models.yaml`. */
export type Edits = ReadonlyMap<string, string>;

/**
 * Checks edits in a copy of the environments that they are about, so that nobody who watches the folder ever sees a bad
 * one. Gives the warnings that they bring. Throws a Refusal where they bring an error; what was wrong before is no matter.
 */
export function checkEdits(edits: Edits): Problem[] {
  const scratch = mkdtempSync(join(tmpdir(), 'tollgate-edit-'));
  try {
    const root = join(scratch, ENVIRONMENTS_FOLDER);
    copyEnvironments(root, edits);
    const before = new Set(problemsOf(root).map(identityOf));
    for (const [file, text] of edits) writeWithFolder(join(scratch, file), text);
    const fresh = problemsOf(root)
      .filter((problem) => !before.has(identityOf(problem)))
      .map((problem) => withoutScratch(problem, scratch));
    const errors = fresh.filter(({ level }) => level === 'error');
    if (errors.length === 0) return fresh;
    const findings = errors.map(({ file, message }) => `${file}: ${message}`);
    throw new Refusal(['nothing is written:', ...findings].join('\n  '), { problems: errors });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Checks edits and writes all of them or none. Throws a Refusal. */
export function saveEdits(edits: Edits): void {
  checkEdits(edits);
  writeEdits(edits);
}

/** Writes all of the edits or none. */
export function writeEdits(edits: Edits): void {
  const undo: (() => void)[] = [];
  try {
    for (const [file, text] of edits) undo.push(writeEdit(file, text));
  } catch (error) {
    for (const step of undo.toReversed()) step();
    throw error;
  }
}

/** Writes the files of a new folder whole or not at all. */
export function writeFolder(folder: string, edits: Edits): void {
  // Hidden, so that nothing takes it for an environment.
  const scratch = mkdtempSync(join(dirname(folder), '.writing-'));
  try {
    for (const [file, text] of edits) writeWithFolder(join(scratch, file), text);
    renameSync(join(scratch, folder), folder);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Gives what takes the edit back. */
function writeEdit(file: string, text: string): () => void {
  if (!existsSync(file)) {
    writeWithFolder(file, text);
    return () => rmSync(file);
  }
  const before = readFileSync(file, 'utf8');
  replaceFile(file, text);
  return () => replaceFile(file, before);
}

/** An edit of network, names or hosts is held against every environment; any other only against its own. */
function copyEnvironments(root: string, edits: Edits): void {
  const files = [...edits.keys()];
  const isAboutAll = files.some((file) => file.endsWith('/environment.yaml'));
  const names = environmentNames(ENVIRONMENTS_FOLDER).filter(
    (name) => isAboutAll || files.some((file) => file.startsWith(join(ENVIRONMENTS_FOLDER, name, '/'))),
  );
  for (const name of ['policy.yaml', ...names]) {
    const path = join(ENVIRONMENTS_FOLDER, name);
    if (existsSync(path)) cpSync(path, join(root, name), { recursive: true });
  }
}

function problemsOf(root: string): readonly Problem[] {
  return loadEnvironments(root, { now: new Date() }).problems;
}

/** The line is left out: an edit above moves what was wrong before. */
function identityOf({ file, message }: Problem): string {
  return `${file} ${message}`;
}

function withoutScratch(problem: Problem, scratch: string): Problem {
  const clean = (text: string) => text.replaceAll(`${scratch}/`, '');
  return { ...problem, file: clean(problem.file), message: clean(problem.message) };
}

function writeWithFolder(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
