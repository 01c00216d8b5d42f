import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, sep } from 'node:path';
import { findSecrets } from '../../environments/schema/find-secrets.ts';
import { loadEnvironments } from '../../environments/schema/load-environments.ts';
import type { Problem } from '../../environments/schema/parse-yaml.ts';
import { ENVIRONMENTS_FOLDER } from '../command-line/environments-folder.ts';
import { Refusal } from '../command-line/refusal.ts';
import type { PlannedFile } from './plan-files.ts';

/** What the check would say of the environment with these files. It is loaded in a copy, so that nothing is written yet. */
export function checkPlannedFiles(environment: string, files: readonly PlannedFile[], now: Date): Problem[] {
  const scratch = mkdtempSync(join(tmpdir(), 'tollgate-import-'));
  try {
    const copy = join(scratch, ENVIRONMENTS_FOLDER);
    const isAuthored = (path: string) => basename(path) !== 'schema';
    cpSync(ENVIRONMENTS_FOLDER, copy, { recursive: true, filter: isAuthored });
    for (const { path, text } of files) {
      mkdirSync(dirname(join(scratch, path)), { recursive: true });
      writeFileSync(join(scratch, path), text);
    }
    const { problems } = loadEnvironments(copy, { now });
    return problems
      .filter(({ file }) => file.startsWith(join(copy, environment) + sep))
      .map((problem) => {
        const shown = (text: string) => text.replaceAll(scratch + sep, '');
        return { ...problem, file: shown(problem.file), message: shown(problem.message) };
      });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Throws a Refusal where a file would hold a credential: LiteLLM takes one in places that we do not know of. */
export function refuseSecrets(files: readonly PlannedFile[]): void {
  const found = files.flatMap(({ path, text }) =>
    findSecrets(text).map(({ kind, offset }) => {
      const line = text.slice(0, offset).split('\n').length;
      return `  ${path}:${line}: ${kind}`;
    }),
  );
  if (found.length === 0) return;
  throw new Refusal(['nothing is written, since a credential would stand in a file:', ...found].join('\n'));
}
