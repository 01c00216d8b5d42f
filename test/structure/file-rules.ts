import { codeOf, countLines, isHandWritten, isTest, type SourceFile } from './source-file.ts';

const MOST_LINES = 350;
const MEDIAN_BELOW_LINES = 80;
const MOST_CONTENTS_LINES = 80;
const READS_ENVIRONMENT = [
  /^proxy\/(main|migrate)\.ts$/,
  /^generators\/(.+\/)?(main|start)\.ts$/,
  /^\.github\/actions\/[^/]+\/index\.ts$/,
];
const TABLES_OF_CONTENTS = ['proxy/app.ts', 'generators/main.ts'];

export function findLongFiles(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path, text }) => isHandWritten(path) && countLines(text) > MOST_LINES)
    .map(
      ({ path, text }) => `${path} has ${countLines(text)} lines, ${MOST_LINES} is the most: split it by what it does`,
    );
}

/** A finding where half of the files outside test/ have 80 lines or more. */
export function findLongMedian(files: readonly SourceFile[]): string[] {
  const lengths = files
    .filter(({ path }) => isHandWritten(path) && !isTest(path))
    .map(({ text }) => countLines(text))
    .toSorted((a, b) => a - b);
  const median = lengths[Math.floor(lengths.length / 2)] ?? 0;
  return median < MEDIAN_BELOW_LINES
    ? []
    : [`the median file has ${median} lines: keep it below ${MEDIAN_BELOW_LINES}`];
}

export function findDefaultExports(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => isHandWritten(path) && !path.endsWith('.config.ts'))
    .filter((file) => /^\s*export\s+default\b|^\s*export\s*\{[^}]*\bas default\b/m.test(codeOf(file)))
    .map(({ path }) => `${path} has a default export: name it`);
}

/** Files whose only work is to pass on what others export, and index files other than an action's. */
export function findBarrels(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => isHandWritten(path) && !/^\.github\/actions\/[^/]+\/index\.ts$/.test(path))
    .filter((file) => /(^|\/)index\.ts$/.test(file.path) || onlyReexports(codeOf(file)))
    .map(({ path }) => `${path} is a barrel: import each thing from the file that has it`);
}

function onlyReexports(code: string): boolean {
  const rest = code.replace(/^\s*export\s+(type\s+)?(\*|\{)[^;]*?\bfrom\s*['"][^'"]+['"];?/gm, '');
  return rest !== code && rest.trim() === '';
}

export function findEnvironmentReads(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => isHandWritten(path) && !isTest(path) && !READS_ENVIRONMENT.some((main) => main.test(path)))
    .filter((file) => /\bprocess\.env\b|\benv\b[^;]*from 'node:process'/.test(codeOf(file)))
    .map(({ path }) => `${path} reads process.env: a main file reads it and passes values on`);
}

/** The two files that a reader opens first: short, and one statement after the other. */
export function findCrowdedContents(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => TABLES_OF_CONTENTS.includes(path))
    .flatMap((file) => {
      const branches = codeOf(file).match(/\b(if|else|switch|while|for|catch)\b\s*[({]/g) ?? [];
      const lines = countLines(file.text);
      return [
        lines > MOST_CONTENTS_LINES
          ? `${file.path} has ${lines} lines: a table of contents has ${MOST_CONTENTS_LINES}`
          : '',
        branches.length > 0 ? `${file.path} branches ${branches.length} times: move the choice into the step` : '',
      ].filter((finding) => finding !== '');
    });
}
