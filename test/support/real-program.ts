import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Those of `names` that are not on PATH. */
export function missingPrograms(names: readonly string[]): string[] {
  return names.filter((name) => findProgram(name) === undefined);
}

/**
 * A `describe` that needs real programs. Where one is missing its tests are skipped and a line says why; with CI=true
 * a test fails instead, since nobody reads such lines there.
 */
export function describeWithPrograms(names: readonly string[], title: string, body: () => void): void {
  const missing = missingPrograms(names);
  if (missing.length > 0) console.warn(`skipped, since ${missing.join(', ')} are not on PATH: ${title}`);

  describe.skipIf(missing.length > 0)(`real programs: ${title}`, () => {
    body();
  });
  if (missing.length === 0 || process.env['CI'] !== 'true') return;
  it(`has every program that it needs: ${title}`, () => {
    expect(missing).toEqual([]);
  });
}

/** Where a program lies on PATH; undefined where it does not. */
function findProgram(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
