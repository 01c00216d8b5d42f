import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Those of `names` that are not in the folders of `path`, which is written like the variable PATH. */
export function missingPrograms(names: readonly string[], path: string | undefined): string[] {
  return names.filter((name) => findProgram(name, path) === undefined);
}

/** Where a program lies; undefined where no folder of `path` has it. */
function findProgram(name: string, path: string | undefined): string | undefined {
  const folders = (path ?? '').split(delimiter).filter((folder) => folder !== '');
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
