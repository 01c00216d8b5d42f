import type { EnvironmentFiles } from './environment-files.ts';
import { Reference, referencedVariable } from './identifiers.ts';
import type { ParsedFile, Problem } from './parse-yaml.ts';
import type { Path } from './value-at.ts';

/**
 * Every `os.environ/NAME` that stands where any text may, such as an api_base, names a variable: no shell, pod or vault
 * has one called `A/B`, and the gateway would not start. Fields that take nothing but a reference say so themselves.
 */
export function checkVariables({ settings, models }: EnvironmentFiles): Problem[] {
  return [settings, models].flatMap((file) => wrongReferences(file, file.value, []));
}

/** The value is not shown: it may be a credential that was put in the place of a name. */
function wrongReferences(file: ParsedFile<unknown>, value: unknown, path: Path): Problem[] {
  if (referencedVariable(value) !== undefined && !Reference.safeParse(value).success)
    return [file.locate(path, 'write os.environ/NAME with letters, digits and underscores alone, and no digit first')];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    wrongReferences(file, child, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}
