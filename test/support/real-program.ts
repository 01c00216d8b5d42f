import { describe, expect, it } from 'vitest';
import { missingPrograms as missingFrom } from '../../generators/local-cluster/find-program.ts';

/** Those of `names` that are not on PATH. */
export function missingPrograms(names: readonly string[]): string[] {
  return missingFrom(names, process.env['PATH']);
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
