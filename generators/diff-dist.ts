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
  const removed = [...committed.keys()].filter((path) => !rendered.has(path)).sort();
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

/** Every file below `folder` as text, by its path there. */
export function readFiles(folder: string): Map<string, string> {
  if (!existsSync(folder)) return new Map();
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    paths.map((path) => [path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')]),
  );
}
