import type { EnvironmentFiles } from './environment-files.ts';
import type { ParsedFile, Problem } from './parse-yaml.ts';
import { listAt, textAt, type Path } from './value-at.ts';

interface PlacedHash {
  readonly hash: string;
  readonly file: ParsedFile<unknown>;
  readonly path: Path;
}

/**
 * A key opens one environment: whoever has that of dev would open prod with it, and be counted in neither's budget
 * alone. It is told at the later environment by name, of both secrets while a rotation runs.
 */
export function checkSharedKeys(environments: readonly EnvironmentFiles[]): Problem[] {
  const taken = new Map<string, PlacedHash>();
  return environments.filter(hasOwnName).flatMap(({ name, teams }) => {
    const hashes = teams.flatMap(hashesOf);
    const problems = hashes.flatMap((placed) => refuse(placed, taken.get(placed.hash), name));
    // One that stands twice in an environment is told there.
    for (const placed of hashes) if (!taken.has(placed.hash)) taken.set(placed.hash, placed);
    return problems;
  });
}

/** A copy that still has the other's name is told as that, once. */
function hasOwnName({ name, settings }: EnvironmentFiles): boolean {
  return settings.value === undefined || settings.value.name === name;
}

function refuse({ file, path }: PlacedHash, other: PlacedHash | undefined, name: string): Problem[] {
  if (other === undefined) return [];
  const place = `${other.file.file}:${other.file.locate(other.path, '').line}`;
  const message = `this hash is taken by ${place}, of another environment: take it out, and make ${name} a key of its own with npm run key -- new --env ${name}`;
  return [file.locate(path, message)];
}

function hashesOf(file: ParsedFile<unknown>): PlacedHash[] {
  return [...listAt(file.input, ['virtual_keys']).keys()].flatMap((key) => {
    const path = ['virtual_keys', key, 'hashes'];
    return [...listAt(file.input, path).keys()].flatMap((index) => {
      const hash = textAt(file.input, [...path, index]);
      return hash === undefined ? [] : [{ hash, file, path: [...path, index] }];
    });
  });
}
