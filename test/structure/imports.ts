import { dirname, join } from 'node:path/posix';
import { codeOf, type SourceFile } from './source-file.ts';

/** One import of one file: a path from the root for our own files, else the package's name as written. */
export interface Import {
  readonly from: string;
  readonly to: string;
  readonly isOurs: boolean;
}

const SPECIFIERS = [
  /^\s*(?:import|export)\b[^;'"`]*?\bfrom\s*['"](?<to>[^'"]+)['"]/gm,
  /^\s*import\s*['"](?<to>[^'"]+)['"]/gm,
  /\bimport\(\s*['"](?<to>[^'"]+)['"]/g,
];

/** What a file imports, types and dynamic imports too. */
export function importsOf(file: SourceFile): Import[] {
  const code = codeOf(file);
  return SPECIFIERS.flatMap((pattern) => [...code.matchAll(pattern)]).map((match) => {
    const specifier = match.groups?.to ?? '';
    const isOurs = specifier.startsWith('.');
    return { from: file.path, to: isOurs ? join(dirname(file.path), specifier) : specifier, isOurs };
  });
}

/** `a -> b -> a` for every import that closes a circle; each circle once. */
export function findCycles(files: readonly SourceFile[]): string[] {
  const edges = new Map(files.map((file) => [file.path, importsOf(file).filter(isOurs).map(target)]));
  const finished = new Set<string>();
  const cycles: string[] = [];

  function visit(path: string, trail: readonly string[]): void {
    const start = trail.indexOf(path);
    if (start !== -1) cycles.push([...trail.slice(start), path].join(' -> '));
    if (start !== -1 || finished.has(path)) return;
    for (const next of edges.get(path) ?? []) visit(next, [...trail, path]);
    finished.add(path);
  }

  for (const path of edges.keys()) visit(path, []);
  return cycles;
}

function isOurs(found: Import): boolean {
  return found.isOurs;
}

function target(found: Import): string {
  return found.to;
}
