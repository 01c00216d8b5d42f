import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { loadEnvironment } from '../../environments/schema/load-environment.ts';
import { formatProblem, type Problem } from '../../environments/schema/parse-yaml.ts';
import { Policy } from '../../environments/schema/policy.ts';
import { readAuthoredFile } from '../../environments/schema/read-authored-file.ts';
import { replaceFile } from '../replace-file.ts';
import { ENVIRONMENTS_FOLDER } from './environments-folder.ts';
import { Refusal } from './refusal.ts';

/**
 * Writes a team's file whole or not at all, and only where that brings no new error to its environment: it is checked
 * in a copy first, so that nobody who watches the folder ever sees a bad one. Throws a Refusal.
 */
export function writeTeamFile(environment: string, file: string, text: string): void {
  const folder = join(ENVIRONMENTS_FOLDER, environment);
  const before = errorsOf(folder);
  const scratch = mkdtempSync(join(tmpdir(), 'tollgate-key-'));
  try {
    const copy = join(scratch, environment);
    cpSync(folder, copy, { recursive: true });
    writeFileSync(join(copy, 'keys', basename(file)), text);
    const isNew = (problem: Problem) => before.every((known) => known.message !== problem.message);
    const fresh = errorsOf(copy).filter(isNew);
    const findings = fresh.map(({ message }) => message.replaceAll(scratch, ENVIRONMENTS_FOLDER));
    if (findings.length > 0) throw new Refusal(['nothing is written:', ...findings].join('\n  '));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  replaceFile(file, text);
}

/** Throws a Refusal where the file has errors of its own, since an edit of it could not be placed. */
export function requireSound({ problems }: { problems: readonly Problem[] }): void {
  const errors = problems.filter(({ level }) => level === 'error');
  if (errors.length > 0) throw new Refusal(['mend the file first:', ...errors.map(formatProblem)].join('\n'));
}

function errorsOf(folder: string): Problem[] {
  const policy = readAuthoredFile(join(ENVIRONMENTS_FOLDER, 'policy.yaml'), Policy).value;
  const { problems } = loadEnvironment(folder, { now: new Date(), ...(policy === undefined ? {} : { policy }) });
  return problems.filter(({ level }) => level === 'error');
}
