import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** One file of the tree: its path from the root with forward slashes, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

const NOT_OURS = new Set(['.git', '.tollgate', 'coverage', 'node_modules']);
const LARGEST_READ_BYTES = 1_000_000;

/** Every file under `root` but those that Git ignores; a larger file than 1 MB comes without its text. */
export function readSourceTree(root: string, folder = ''): SourceFile[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => !NOT_OURS.has(entry.name))
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return readSourceTree(root, path);
      return entry.isFile() ? [{ path, text: readText(join(root, path)) }] : [];
    });
}

function readText(file: string): string {
  return statSync(file).size > LARGEST_READ_BYTES ? '' : readFileSync(file, 'utf8');
}

/** TypeScript that people write: neither an action's bundle nor anything else that is generated. */
export function isHandWritten(path: string): boolean {
  return path.endsWith('.ts') && !/(^|\/)dist\/(?!.*\.test\.ts$)/.test(path);
}

export function isTest(path: string): boolean {
  return path.startsWith('test/');
}

/** The text without lines that are comments, so that prose about a rule does not break it. */
export function codeOf(file: SourceFile): string {
  return file.text
    .split('\n')
    .filter((line) => !/^\s*(\/\/|\/\*|\*)/.test(line))
    .join('\n');
}

export function countLines(text: string): number {
  return text === '' ? 0 : text.replace(/\n$/, '').split('\n').length;
}
