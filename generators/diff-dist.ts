// `npm run diff`: what `npm run render` would change in dist/.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { printDiff } from './print-diff.ts';
import { render } from './render.ts';
import { reportProblems } from './report-problems.ts';

const HELP = `Shows what \`npm run render\` would change in dist/. Exits 0 when it would change nothing, else 1.

  npm run diff
  npm run diff -- --quiet    the list of files, without their lines`;

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

function readFiles(folder: string): Map<string, string> {
  if (!existsSync(folder)) return new Map();
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    paths.map((path) => [path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')]),
  );
}

function main(args: string[]): void {
  const { quiet, help } = readOptions(args);
  if (help) return console.log(HELP);

  const root = join(import.meta.dirname, '..');
  const dist = join(root, 'dist');
  const { files, problems } = render(root, new Date());
  reportProblems(problems);

  const drift = findDrift(dist, files);
  if (drift === undefined) return console.log('dist/ is in step with environments/');
  if (!quiet) printDiff(readFiles(dist), files, ['committed', 'rendered']);
  console.error(describeDrift(drift));
  process.exitCode = 1;
}

function readOptions(args: string[]): { quiet?: boolean; help?: boolean } {
  try {
    const flag = { type: 'boolean' } as const;
    return parseArgs({ args, options: { quiet: { ...flag, short: 'q' }, help: { ...flag, short: 'h' } } }).values;
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${HELP}`);
    return process.exit(1);
  }
}

if (import.meta.main) main(process.argv.slice(2));
