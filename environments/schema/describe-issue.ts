import type { z } from 'zod';
import { findSecrets } from './find-secrets.ts';
import { knownKeys, nearestKey, nearestKeys } from './known-keys.ts';
import { valueAt, type Path } from './value-at.ts';

export interface Finding {
  readonly path: Path;
  readonly message: string;
}

const MAX_LISTED_KEYS = 8;
const MAX_LISTED_VALUES = 16;

/** What zod found, in the words of someone who edits the file: the place, what is wrong, the value and the fix. */
export function describeIssues(issues: readonly z.core.$ZodIssue[], input: unknown, schema: z.ZodType): Finding[] {
  const unknown = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? findUnknown(issue, input, schema) : [],
  );
  const meant = new Set(unknown.map(({ meant }) => meant));
  const wrong = issues
    .filter((issue) => issue.code !== 'unrecognized_keys')
    .filter(({ path }) => valueAt(input, path) !== undefined || !meant.has(path.join('.')))
    .map((issue) => ({ path: issue.path, message: describeValue(issue, input) }));
  return [...unknown, ...wrong];
}

/** `meant` is the key that was probably wanted, as a path: that it is missing is not told a second time. */
function findUnknown(
  issue: z.core.$ZodIssueUnrecognizedKeys,
  input: unknown,
  schema: z.ZodType,
): (Finding & { meant: string | undefined })[] {
  const known = knownKeys(schema, issue.path, input);
  return issue.keys.map((key) => {
    const near = nearestKey(key, known);
    const others = known.length === 0 || known.length > MAX_LISTED_KEYS ? '' : `, or use one of ${known.join(', ')}`;
    const fix = near === undefined ? `remove it${others}` : `did you mean ${near}?`;
    const meant = near === undefined ? undefined : [...issue.path, near].join('.');
    return { path: [...issue.path, key], message: `unknown key ${key}: ${fix}`, meant };
  });
}

function describeValue(issue: z.core.$ZodIssue, input: unknown): string {
  const name = issue.path.length === 0 ? 'the file' : fieldName(issue.path);
  const isMissing = valueAt(input, issue.path) === undefined && issue.code !== 'custom';
  const finding = isMissing ? ' is missing' : shownValue(issue, input);
  return `${name}${finding}: ${suggestion(issue, input) ?? expectation(issue)}`;
}

/** What was probably meant where a value is none of a list. */
function suggestion(issue: z.core.$ZodIssue, input: unknown): string | undefined {
  const written = valueAt(input, issue.path);
  if (issue.code !== 'invalid_value' || typeof written !== 'string') return undefined;
  const near = nearestKeys(written, issue.values.map(String));
  return near.length === 0 ? undefined : `did you mean ${near.join(' or ')}?`;
}

function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return describeChoice(issue);
  if (issue.code === 'invalid_type') return `write ${nameOfType(issue.expected)}`;
  return fixOf(issue.message) ?? describeLimit(issue);
}

/** What the schema gives as a message is the fix and stays; zod's own English is replaced. */
function fixOf(message: string): string | undefined {
  return /^(Too |Invalid )/.test(message) ? undefined : message;
}

function describeLimit(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_union') return describeUnion(issue);
  if (issue.code === 'too_big') return `use at most ${issue.maximum}`;
  if (issue.code !== 'too_small') return 'the form is wrong';
  if (issue.origin === 'string') return 'write some text';
  return issue.inclusive === false ? `use more than ${issue.minimum}` : `use at least ${issue.minimum}`;
}

function describeChoice(issue: z.core.$ZodIssueInvalidValue): string {
  const isLong = issue.values.length > MAX_LISTED_VALUES;
  return (isLong ? fixOf(issue.message) : undefined) ?? `use ${issue.values.map(String).join(' or ')}`;
}

function describeUnion(issue: z.core.$ZodIssueInvalidUnion): string {
  if ('options' in issue && Array.isArray(issue.options)) return `use ${issue.options.map(String).join(' or ')}`;
  const branches = issue.errors.flatMap((branch) => branch.map(expectation));
  return [...new Set(branches)].join(', or ');
}

function nameOfType(type: string): string {
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
function fieldName(path: Path): string {
  const last = path.at(-1);
  return typeof last === 'number' ? `${String(path.at(-2) ?? '')}[${last}]` : String(last ?? '');
}

const SECRET_FIELDS = /key$|password|secret|^(previous_)?token$|^hashes$|url$/;

/** The value as the author wrote it, unless it may be a secret: those are never repeated. */
function shownValue({ path, code }: z.core.$ZodIssue, input: unknown): string {
  const value = valueAt(input, path);
  if (value === null) return ' is empty';
  if (typeof value === 'object' && code === 'invalid_type') return Array.isArray(value) ? ' is a list' : ' is a block';
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return '';
  const text = String(value);
  const isSecret = path.some((part) => SECRET_FIELDS.test(String(part))) || findSecrets(text).length > 0;
  return isSecret || text.startsWith('sk-') ? '' : ` is ${JSON.stringify(value)}`;
}
