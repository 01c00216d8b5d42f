import { isDeepStrictEqual } from 'node:util';
import { isMap, isNode, parse, parseDocument, stringify, type Document, type Range, type YAMLMap } from 'yaml';
import { valueAt } from '../../environments/schema/value-at.ts';
import type { GatewayPart } from './translate-settings.ts';

/** A key of environment.yaml that gets another value. None of these values is a secret. */
export interface SettingsChange {
  readonly path: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
}

/** What environment.yaml has to say differently for the gateway to run as LiteLLM did. */
export function settingsChanges(text: string, { master_key, database, cache }: GatewayPart): SettingsChange[] {
  const input: unknown = parse(text);
  const wanted: [path: string[], after: unknown][] = [
    [['gateway', 'master_key'], master_key],
    ...Object.entries(database).map(([key, value]): [string[], unknown] => [['gateway', 'database', key], value]),
    [['gateway', 'cache'], cache],
  ];
  return wanted
    .map(([path, after]) => ({ path, before: valueAt(input, path), after }))
    .filter(({ before, after }) => after !== undefined && !isDeepStrictEqual(before, after));
}

/** The text with these values, and every other line as it was. */
export function editSettingsText(text: string, changes: readonly SettingsChange[]): string {
  return changes.reduce((edited, { path, after }) => setValue(edited, path, after), text);
}

/** A value in one line, such as `{ type: local }`. */
export function flowText(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trimEnd();
}

function setValue(text: string, path: readonly string[], value: unknown): string {
  const document = parseDocument(text);
  const spliced = splice(document, text, path, flowText(value));
  document.setIn(path, document.createNode(value));
  const isFaithful = spliced !== undefined && isDeepStrictEqual(valueOf(spliced), document.toJS());
  return isFaithful ? spliced : document.toString({ lineWidth: 0 });
}

/** Undefined where the text is not YAML any more. */
function valueOf(text: string): unknown {
  const document = parseDocument(text);
  return document.errors.length > 0 ? undefined : document.toJS();
}

function splice(document: Document, text: string, path: readonly string[], written: string): string | undefined {
  const node = document.getIn(path, true);
  if (isNode(node) && node.range) return replaceRange(text, node.range, written);
  const parent = document.getIn(path.slice(0, -1), true);
  if (!isMap(parent) || !parent.range) return undefined;
  const entry = `${path.at(-1) ?? ''}: ${written}`;
  return parent.flow === true ? appendInFlow(text, parent, entry) : appendLine(text, parent, entry);
}

/** The range of a block begins on the line below its key and reaches over the blank lines behind it. */
function replaceRange(text: string, [start, end]: Range, written: string): string {
  const before = text.slice(0, start);
  const key = /\n *$/.test(before) ? `${before.trimEnd()} ` : before;
  return key + written + text.slice(text.slice(0, end).trimEnd().length);
}

function appendInFlow(text: string, { range, items }: YAMLMap, entry: string): string {
  const brace = (range?.[1] ?? 0) - 1;
  return `${text.slice(0, brace).trimEnd()}${items.length > 0 ? ',' : ''} ${entry} ${text.slice(brace)}`;
}

/** Below the last line of the block, as far in as its first key. */
function appendLine(text: string, { range }: YAMLMap, entry: string): string {
  const [start, end] = range ?? [0, 0];
  const column = start - (text.lastIndexOf('\n', start - 1) + 1);
  const lineEnd = text.indexOf('\n', text.slice(0, end).trimEnd().length);
  const at = lineEnd === -1 ? text.length : lineEnd;
  return `${text.slice(0, at)}\n${' '.repeat(column)}${entry}${text.slice(at)}`;
}
