import { LineCounter, parseDocument, visit, type Document, type YAMLParseError, type YAMLWarning } from 'yaml';
import type { z } from 'zod';
import { describeIssues } from './describe-issue.ts';
import { redactSecrets } from './find-secrets.ts';
import { offsetOf } from './offset-of.ts';
import { valueAt, type Path } from './value-at.ts';

/** One thing that is wrong in a file, placed so that an editor and an annotation can point at it. */
export interface Problem {
  readonly level: 'error' | 'warning';
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** Such as `model_list.0.litellm_params.model`; empty for the file itself. */
  readonly field: string;
  /** What is wrong, the value (unless it may be a secret) and the fix. */
  readonly message: string;
}

/** A parsed file: its value where it is free of errors, and a way to place a later finding. */
export interface ParsedFile<T> {
  readonly file: string;
  readonly text: string;
  readonly value: T | undefined;
  /** What the file holds before the schema has judged it; undefined where it is not YAML. */
  readonly input: unknown;
  readonly problems: readonly Problem[];
  /** Makes a problem at the place of `path`, or at the nearest place that the file has. */
  readonly locate: (path: Path, message: string, level?: Problem['level']) => Problem;
}

type Locate = ParsedFile<unknown>['locate'];

/** As much as one ConfigMap holds. */
export const MAX_FILE_BYTES = 1_048_576;
const MAX_PASSES = 10;
const MAX_SYNTAX_PROBLEMS = 10;

/**
 * Parses YAML against a schema and reports every problem with its line and column.
 * With `unknownKeys: 'warn'` a key that the schema does not know becomes a warning and is left out of the value, and
 * an empty value counts as absent, as LiteLLM takes it.
 */
export function parseYaml<T extends z.ZodType>(
  text: string,
  file: string,
  schema: T,
  options: { unknownKeys?: 'refuse' | 'warn' } = {},
): ParsedFile<z.infer<T>> {
  const source = readDocument(text, file);
  const { input, locate } = source;
  const parsed = { file, text, input, locate };
  if (source.problems.length > 0) return { ...parsed, value: undefined, problems: source.problems };
  if (input === null) return { ...parsed, ...parseEmpty(schema, locate) };

  const warnings = options.unknownKeys === 'warn' ? dropWithoutEffect(input, schema, locate) : [];
  const result = schema.safeParse(input);
  if (result.success) return { ...parsed, value: result.data, problems: inReadingOrder(warnings) };
  const errors = describeIssues(result.error.issues, input, schema).map(({ path, message }) => locate(path, message));
  return { ...parsed, value: undefined, problems: inReadingOrder([...warnings, ...errors]) };
}

/** A problem of a file as a whole. */
export function problemOf(file: string, message: string): Problem {
  return { level: 'error', file, line: 1, column: 1, field: '', message };
}

/**
 * `file:line:column: error: field: message`, the form that editors and terminals link. The field is left out where
 * the message begins with its name. A credential in the name of the file is not shown.
 */
export function formatProblem({ file, line, column, level, field, message }: Problem): string {
  const name = field.split('.').findLast((part) => !/^\d+$/.test(part)) ?? '';
  const isNamed = message.startsWith(name) || message.startsWith(`unknown key ${name}`);
  return `${redactSecrets(file)}:${line}:${column}: ${level}: ${isNamed ? '' : `${field}: `}${message}`;
}

function inReadingOrder(problems: readonly Problem[]): Problem[] {
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
}

function readDocument(text: string, file: string): { input: unknown; problems: Problem[]; locate: Locate } {
  const lines = new LineCounter();
  const placeAt = (offset: number, field: string, message: string, level: Problem['level']): Problem => {
    const { line, col } = lines.linePos(offset);
    return {
      level,
      file,
      line: line || 1,
      column: col || 1,
      field: redactSecrets(field),
      message: redactSecrets(message),
    };
  };
  const fail = (message: string) => ({
    input: undefined,
    problems: [placeAt(0, '', message, 'error')],
    locate: (path: Path, found: string, level: Problem['level'] = 'error') => placeAt(0, path.join('.'), found, level),
  });
  if (Buffer.byteLength(text) > MAX_FILE_BYTES)
    return fail(`the file is larger than ${MAX_FILE_BYTES} bytes: split it`);

  let document: Document.Parsed;
  try {
    document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  } catch {
    return fail('not valid YAML: it is nested too deeply');
  }
  const locate: Locate = (path, message, level = 'error') =>
    placeAt(offsetOf(document, path), path.map(String).join('.'), message, level);
  const broken = independentErrors(document).map((error) =>
    placeAt(error.pos[0], '', yamlMessage(error.code, error.message), 'error'),
  );
  if (broken.length > 0) return { input: undefined, problems: broken, locate };
  try {
    return { input: document.toJS(), problems: [], locate };
  } catch {
    return { input: undefined, problems: [placeAt(...badAlias(document), 'error')], locate };
  }
}

/** A syntax error makes others on the lines below it, so the first is told; keys that stand twice are all told. */
function independentErrors(document: Document.Parsed): (YAMLParseError | YAMLWarning)[] {
  const found = [...document.errors, ...document.warnings];
  const first = found.find(({ code }) => code !== 'DUPLICATE_KEY');
  return found.filter((error) => error === first || error.code === 'DUPLICATE_KEY').slice(0, MAX_SYNTAX_PROBLEMS);
}

/** Where an alias stands that cannot be put in place, the field and what is wrong. */
function badAlias(document: Document.Parsed): [number, string, string] {
  let place = 0;
  visit(document, {
    Alias(_key, alias) {
      if (alias.resolve(document) !== undefined) return undefined;
      place = alias.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  const message = place === 0 ? 'too many aliases (*name)' : 'an alias (*name) has no anchor (&name) before it';
  return [place, '', `not valid YAML: ${message}: write the values out`];
}

function yamlMessage(code: string, message: string): string {
  if (code === 'MULTIPLE_DOCS') return 'a second document begins here: a file holds one, so remove the --- line';
  if (code === 'DUPLICATE_KEY') return 'this key stands twice: remove one';
  if (message.startsWith('Maximum call stack')) return 'not valid YAML: it is nested too deeply';
  if (code === 'TAB_AS_INDENT') return 'a tab indents this line: use spaces';
  return `not valid YAML: ${message.split('\n', 1)[0] ?? message}`;
}

/** An empty file is one problem, not one for each key that is missing. */
function parseEmpty<T extends z.ZodType>(
  schema: T,
  locate: Locate,
): Pick<ParsedFile<z.infer<T>>, 'value' | 'problems'> {
  const result = schema.safeParse({});
  if (result.success) return { value: result.data, problems: [] };
  const needed = result.error.issues.map((issue) => String(issue.path[0]));
  return { value: undefined, problems: [locate([], `the file is empty: write ${[...new Set(needed)].join(', ')}`)] };
}

/** Takes out what a foreign file may hold without effect: keys that we do not know (told), and empty values. */
function dropWithoutEffect(input: unknown, schema: z.ZodType, locate: Locate): Problem[] {
  const warnings: Problem[] = [];
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    let dropped = 0;
    for (const issue of schema.safeParse(input).error?.issues ?? []) {
      const isUnknown = issue.code === 'unrecognized_keys';
      if (isUnknown)
        for (const key of issue.keys)
          warnings.push(locate([...issue.path, key], `${key} has no effect here`, 'warning'));
      if (isUnknown) dropped += removeKeys(input, issue.path, issue.keys);
      else if (valueAt(input, issue.path) === null)
        dropped += removeKeys(input, issue.path.slice(0, -1), issue.path.slice(-1));
    }
    if (dropped === 0) break;
  }
  return warnings;
}

function removeKeys(input: unknown, path: Path, keys: readonly PropertyKey[]): number {
  const parent = valueAt(input, path);
  if (typeof parent !== 'object' || parent === null || Array.isArray(parent)) return 0;
  for (const key of keys) delete (parent as Record<PropertyKey, unknown>)[key];
  return keys.length;
}
