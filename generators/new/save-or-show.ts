import { existsSync, readFileSync } from 'node:fs';
import { formatProblem } from '../../environments/schema/parse-yaml.ts';
import { printDiff } from '../print-diff.ts';
import { checkEdits, writeEdits, type Edits } from '../save-edits.ts';

/**
 * Checks edits, then writes them and tells what they bring of warnings, or only shows their lines. Whether they are
 * written. Throws a Refusal.
 */
export function saveOrShow(edits: Edits, isDryRun: boolean, write: (edits: Edits) => void = writeEdits): boolean {
  for (const warning of checkEdits(edits)) console.error(formatProblem(warning));
  if (!isDryRun) {
    write(edits);
    return true;
  }
  const present = [...edits.keys()].filter((file) => existsSync(file));
  printDiff(new Map(present.map((file) => [file, readFileSync(file, 'utf8')])), edits);
  return false;
}
