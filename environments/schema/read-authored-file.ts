import { lstatSync, readFileSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';
import type { z } from 'zod';
import { parseYaml, type ParsedFile } from './parse-yaml.ts';
import { LINK_REFUSAL } from './read-folder.ts';

const MISSING = 'the file is missing: write it';
const MAX_AUTHORED_BYTES = 262_144;

/** Reads and parses one file that people write. A file that cannot be read is a problem of it, never an exception. */
export function readAuthoredFile<T extends z.ZodType>(path: string, schema: T): ParsedFile<z.infer<T>> {
  const file = shownPath(path);
  const text = readText(path);
  if (typeof text === 'string') return parseYaml(text, file, schema);
  const locate: ParsedFile<unknown>['locate'] = (_path, message, level = 'error') => {
    return { level, file, line: 1, column: 1, field: '', message };
  };
  return { file, text: '', value: undefined, input: undefined, problems: [locate([], text.reason)], locate };
}

/** Whether a file was there and is broken; one that was not there says nothing. */
export function isBroken({ value, problems }: ParsedFile<unknown>): boolean {
  return value === undefined && problems.some(({ message }) => message !== MISSING);
}

/** A path as people type it: from the working directory where it lies below it. */
export function shownPath(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.startsWith('..') || isAbsolute(fromHere) ? path : fromHere;
}

function readText(path: string): string | { reason: string } {
  try {
    const found = lstatSync(path);
    if (found.isSymbolicLink()) return { reason: LINK_REFUSAL };
    if (found.size > MAX_AUTHORED_BYTES)
      return { reason: `the file is larger than ${MAX_AUTHORED_BYTES} bytes: split it` };
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    return { reason: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT') return MISSING;
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'the file is not UTF-8 text: save it as UTF-8';
  return `the file cannot be read (${code})`;
}
