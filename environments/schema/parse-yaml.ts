import { isMap, isNode, isPair, isScalar, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import { z } from 'zod';
import { knownKeys, nearestKey } from './known-keys.ts';

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
  readonly value: T | undefined;
  readonly problems: readonly Problem[];
  /** Makes a problem at the place of `path`, or at the nearest place that the file has. */
  locate(path: readonly PropertyKey[], message: string, level?: Problem['level']): Problem;
}

type Path = readonly PropertyKey[];

const MAX_UNKNOWN_KEY_PASSES = 10;

/**
 * Parses YAML against a schema and reports every problem with its line and column.
 * With `unknownKeys: 'warn'` a key that the schema does not know becomes a warning and is left out of the value.
 */
export function parseYaml<T extends z.ZodType>(
  text: string,
  file: string,
  schema: T,
  options: { unknownKeys?: 'refuse' | 'warn' } = {},
): ParsedFile<z.infer<T>> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const locate = (path: Path, message: string, level: Problem['level'] = 'error'): Problem => {
    const { line, col } = lines.linePos(offsetOf(document, path));
    return { level, file, line: line || 1, column: col || 1, field: path.map(String).join('.'), message };
  };

  const broken = [...document.errors, ...document.warnings].map((error): Problem => {
    const { line, col } = lines.linePos(error.pos[0]);
    return {
      level: 'error',
      file,
      line,
      column: col,
      field: '',
      message: `not valid YAML: ${firstLine(error.message)}`,
    };
  });
  if (broken.length > 0) return { file, value: undefined, problems: broken, locate };

  const warnings: Problem[] = [];
  let input: unknown;
  try {
    input = document.toJS() ?? {};
  } catch (error) {
    return { file, value: undefined, problems: [locate([], `not valid YAML: ${firstLine(String(error))}`)], locate };
  }
  let result = schema.safeParse(input);
  for (let pass = 0; options.unknownKeys === 'warn' && pass < MAX_UNKNOWN_KEY_PASSES; pass += 1) {
    const unknown = (result.error?.issues ?? []).filter((issue) => issue.code === 'unrecognized_keys');
    if (unknown.length === 0) break;
    for (const issue of unknown) {
      for (const key of issue.keys) warnings.push(locate([...issue.path, key], `${key} has no effect here`, 'warning'));
      removeKeys(input, issue.path, issue.keys);
    }
    result = schema.safeParse(input);
  }
  if (result.success) return { file, value: result.data, problems: warnings, locate };

  const errors = result.error.issues.flatMap((issue) => describeIssue(issue, input, schema, locate));
  return { file, value: undefined, problems: [...warnings, ...errors], locate };
}

function describeIssue(
  issue: z.core.$ZodIssue,
  input: unknown,
  schema: z.ZodType,
  locate: ParsedFile<unknown>['locate'],
): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, issue.path, input);
    return issue.keys.map((key) => locate([...issue.path, key], unknownKeyMessage(key, known)));
  }
  const name = issue.path.length === 0 ? 'the file' : String(fieldName(issue.path));
  const isMissing = valueAt(input, issue.path) === undefined;
  if (isMissing && issue.code !== 'custom') return [locate(issue.path, `${name} is missing: ${expectation(issue)}`)];
  return [locate(issue.path, `${name}${shownValue(issue, input)}: ${expectation(issue)}`)];
}

function unknownKeyMessage(key: string, known: readonly string[]): string {
  const near = nearestKey(key, known);
  if (near !== undefined) return `unknown key ${key}: did you mean ${near}?`;
  return `unknown key ${key}: remove it${known.length === 0 ? '' : `, or use one of ${known.join(', ')}`}`;
}

function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return `use ${issue.values.map(String).join(' or ')}`;
  if (issue.code === 'invalid_type') return `write ${article(issue.expected)}`;
  if (issue.code === 'too_small') return customOr(issue.message, `at least ${issue.minimum}`);
  if (issue.code === 'too_big') return customOr(issue.message, `at most ${issue.maximum}`);
  if (issue.code !== 'invalid_union') return issue.message;
  const reasons = issue.errors.flatMap((branch) => branch.map((inner) => expectation(inner)));
  return customOr(issue.message, [...new Set(reasons)].join(', or '));
}

/** Zod's own English is replaced; a message that the schema gave is the fix and stays. */
function customOr(message: string, fallback: string): string {
  return /^(Too |Invalid input)/.test(message) ? fallback : message;
}

function article(type: string): string {
  const names: Record<string, string> = {
    string: 'text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'a list',
    object: 'a block of keys',
    record: 'a block of keys',
  };
  return names[type] ?? type;
}

/** A list's entry is told by the list's name: `hashes[0]`. */
function fieldName(path: Path): PropertyKey {
  const last = path.at(-1);
  if (typeof last !== 'number') return last ?? '';
  return `${String(path.at(-2) ?? '')}[${last}]`;
}

const SECRET_FIELDS = /key$|password|secret|token|hashes|url$/;

/** The value as the author wrote it, unless it may be a secret: those are never repeated. */
function shownValue(issue: z.core.$ZodIssue, input: unknown): string {
  const value = valueAt(input, issue.path);
  if (value === null) return ' is empty';
  if (typeof value === 'object' || value === undefined) return '';
  const isSecret = issue.path.some((part) => SECRET_FIELDS.test(String(part))) || /^sk-/.test(String(value));
  return isSecret ? '' : ` is ${JSON.stringify(value)}`;
}

function valueAt(input: unknown, path: Path): unknown {
  let value = input;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[part];
  }
  return value;
}

function removeKeys(input: unknown, path: Path, keys: readonly string[]): void {
  const parent = valueAt(input, path);
  if (typeof parent !== 'object' || parent === null) return;
  for (const key of keys) delete (parent as Record<string, unknown>)[key];
}

/** Where the path's key stands in the text; for a missing one, where the nearest parent stands. */
function offsetOf(document: Document, path: Path): number {
  let node: Node | null = document.contents;
  let offset = node?.range?.[0] ?? 0;
  for (const part of path) {
    const next = childOf(node, part);
    if (next === undefined) return offset;
    offset = next.offset;
    node = next.node;
  }
  return offset;
}

function childOf(parent: Node | null, part: PropertyKey): { node: Node | null; offset: number } | undefined {
  if (isMap(parent)) {
    const pair = parent.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === part);
    if (pair === undefined || !isNode(pair.key)) return undefined;
    const node = isNode(pair.value) ? pair.value : null;
    return { node, offset: pair.key.range?.[0] ?? 0 };
  }
  const items = parent !== null && 'items' in parent ? (parent.items as unknown[]) : [];
  const node = items[Number(part)];
  return isNode(node) ? { node, offset: node.range?.[0] ?? 0 } : undefined;
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? message;
}

/** `file:line:column: error: field: message`, the form that editors and terminals link. */
export function formatProblem(problem: Problem): string {
  const place = `${problem.file}:${problem.line}:${problem.column}`;
  const field = problem.field === '' ? '' : `${problem.field}: `;
  return `${place}: ${problem.level}: ${field}${problem.message}`;
}
