import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How dist/ differs from a fresh rendering: paths below dist/, sorted. */
export interface Drift {
  /** Rendered, but not in dist/. */
  readonly added: readonly string[];
  readonly changed: readonly string[];
  /** In dist/, but no longer rendered. */
  readonly removed: readonly string[];
}

/** Compares the folder `dist` with a rendering; undefined where they are the same. */
export function findDrift(dist: string, rendered: ReadonlyMap<string, string>): Drift | undefined {
  const committed = readFiles(dist);
  const added = [...rendered.keys()].filter((path) => !committed.has(path)).sort();
  const removed = [...committed.keys(), ...listOthers(dist)].filter((path) => !rendered.has(path)).sort();
  const changed = [...rendered.keys()].filter(
    (path) => committed.has(path) && committed.get(path) !== rendered.get(path),
  );
  if (added.length + removed.length + changed.length === 0) return undefined;
  return { added, changed: changed.sort(), removed };
}

/** One line for each file, then the command that brings dist/ in step. */
export function describeDrift({ added, changed, removed }: Drift): string {
  return [
    'dist/ is out of step with environments/ and generators/:',
    ...added.map((path) => `  added    dist/${path}`),
    ...changed.map((path) => `  changed  dist/${path}`),
    ...removed.map((path) => `  removed  dist/${path}`),
    'run: npm run render',
  ].join('\n');
}

/** Every file below `folder` as text, by its path there. A link is none. */
export function readFiles(folder: string): Map<string, string> {
  const paths = listEntries(folder).filter(({ isFile }) => isFile);
  return new Map(paths.map(({ path }) => [path, readFileSync(join(folder, path), 'utf8')]));
}

/** Links and the like, which nothing renders. */
function listOthers(folder: string): string[] {
  return listEntries(folder).flatMap(({ path, isFile }) => (isFile ? [] : path));
}

/** Node's own recursive listing goes through links, which may lead anywhere. */
function listEntries(folder: string, inside = ''): { path: string; isFile: boolean }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(join(folder, inside), { withFileTypes: true }).flatMap((entry) => {
    const path = `${inside}${entry.name}`;
    return entry.isDirectory() ? listEntries(folder, `${path}/`) : { path, isFile: entry.isFile() };
  });
}
