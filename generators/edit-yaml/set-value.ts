import { isDeepStrictEqual } from 'node:util';
import { isCollection, isMap, isNode, parseDocument, type Document, type Node, type YAMLMap } from 'yaml';
import { flowText } from './flow-text.ts';
import { columnOf, endOfValue, indentLines, insertBelow, STYLE } from './text-lines.ts';

/** Where a value stands in a document, such as `['network', 'address_space']`. */
export type ValuePath = readonly string[];

const INDENT = 2;

/**
 * Sets the value at a path and leaves every other line as it was; what is missing on the way is made. A new key of the
 * file's top stands below the nearest one that comes before it in `order`. Where the file has a form that this does not
 * foresee, the whole is written anew, with its comments and its order.
 */
export function setValue(text: string, path: ValuePath, value: unknown, order: readonly string[] = []): string {
  const document = parseDocument(text);
  const spliced = splice(document, text, path, value, order);
  document.setIn(path, document.createNode(value));
  const isFaithful = isDeepStrictEqual(parseDocument(spliced ?? '').toJS(), document.toJS());
  return isFaithful && spliced !== undefined ? spliced : document.toString(STYLE);
}

function splice(
  document: Document,
  text: string,
  path: ValuePath,
  value: unknown,
  order: readonly string[],
): string | undefined {
  const node = document.getIn(path, true);
  if (isNode(node)) return replaceNode(text, node, value);
  const [key = '', ...above] = path.toReversed();
  const parentPath = above.toReversed();
  if (parentPath.length === 0) return insertAtTop(document, text, key, value, order);
  const parent = document.getIn(parentPath, true);
  if (parent === undefined) return splice(document, text, parentPath, { [key]: value }, order);
  return isMap(parent) ? insertField(text, parent, key, value) : undefined;
}

/** A block has lines and comments of its own, which are not for replacing. */
function replaceNode(text: string, node: Node, value: unknown): string | undefined {
  if (!node.range || (isCollection(node) && node.flow !== true)) return undefined;
  return text.slice(0, node.range[0]) + flowText(value) + text.slice(node.range[1]);
}

function insertField(text: string, map: YAMLMap, key: string, value: unknown): string | undefined {
  const last = map.items.at(-1)?.value;
  if (!isNode(last) || !last.range) return undefined;
  const field = `${key}: ${flowText(value)}`;
  if (map.flow === true) return `${text.slice(0, last.range[1])}, ${field}${text.slice(last.range[1])}`;
  return insertBelow(text, endOfValue(text, last), indentLines(field, columnOf(text, map)));
}

function insertAtTop(
  document: Document,
  text: string,
  key: string,
  value: unknown,
  order: readonly string[],
): string | undefined {
  const earlier = order.slice(0, Math.max(order.indexOf(key), 0)).findLast((each) => document.has(each));
  const above = earlier === undefined ? undefined : document.get(earlier, true);
  const lines = topLines(key, value);
  if (!isNode(above)) return `${text.trimEnd()}\n${lines}\n`;
  return insertBelow(text, endOfValue(text, above), lines);
}

/** One line, or where a field is a block of its own, one for each field. */
function topLines(key: string, value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return `${key}: ${flowText(value)}`;
  const fields = Object.entries(value);
  if (!fields.some(([, field]) => typeof field === 'object')) return `${key}: ${flowText(value)}`;
  const lines = fields.map(([name, field]) => `${name}: ${flowText(field)}`);
  return `${key}:\n${indentLines(lines.join('\n'), INDENT)}`;
}
