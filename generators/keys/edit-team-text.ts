import { isDeepStrictEqual } from 'node:util';
import { Document, isMap, isSeq, parseDocument, stringify, type Node, type YAMLSeq } from 'yaml';
import type { VirtualKey } from '../../environments/schema/virtual-key.ts';

// Edits of a team's file touch only the lines they are about, so that a pull request shows nothing else. Where the
// file has a form that this does not foresee, the whole document is written anew, with its comments and its order.

const DEFAULT_INDENT = 2;
/** As people write it here: no folding, and `[a, b]` without spaces inside. */
const STYLE = { lineWidth: 0, flowCollectionPadding: false } as const;

/** Adds a key after the last one. */
export function appendKey(text: string, key: VirtualKey): string {
  return edit(
    text,
    ['virtual_keys'],
    (list) => list.add(keyNode(key)),
    (list, source) => {
      return appendLines(source, list, stringify([keyNode(key)], STYLE));
    },
  );
}

/** Adds a hash after those that the key has. */
export function appendHash(text: string, keyIndex: number, hash: string): string {
  const path = ['virtual_keys', keyIndex, 'hashes'];
  return edit(
    text,
    path,
    (list) => list.add(hash),
    (list, source) => appendLines(source, list, `- ${hash}\n`),
  );
}

/** Takes a key out, with the comment that stands right above it. */
export function removeKey(text: string, keyIndex: number): string {
  const path = ['virtual_keys'];
  return edit(
    text,
    path,
    (list) => list.delete(keyIndex),
    (list, source) => removeLines(source, list, keyIndex),
  );
}

/** Takes the first hash of a key out. */
export function removeOldestHash(text: string, keyIndex: number): string {
  const path = ['virtual_keys', keyIndex, 'hashes'];
  return edit(
    text,
    path,
    (list) => list.delete(0),
    (list, source) => removeLines(source, list, 0),
  );
}

function edit(
  text: string,
  path: readonly (string | number)[],
  change: (list: YAMLSeq) => void,
  splice: (list: YAMLSeq, source: string) => string | undefined,
): string {
  const document = parseDocument(text);
  const list = document.getIn(path);
  if (!isSeq(list)) throw new TypeError(`${path.join('.')} is not a list`);
  const spliced = splice(list, text);
  change(list);
  if (list.items.length > 0) list.flow = false;
  const isFaithful = spliced !== undefined && isDeepStrictEqual(parseDocument(spliced).toJS(), document.toJS());
  return isFaithful ? spliced : document.toString(STYLE);
}

function keyNode(key: VirtualKey): Node {
  const node = new Document().createNode(key);
  if (!isMap(node)) throw new TypeError('a key is a block of keys');
  const models = node.get('models');
  if (isSeq(models)) models.flow = true;
  return node;
}

function appendLines(text: string, list: YAMLSeq, lines: string): string | undefined {
  const last = list.items.at(-1) as Node | undefined;
  if (last === undefined) return replaceEmpty(text, list, lines);
  if (list.flow === true) return undefined;
  const end = endOfLine(text, endOfValue(text, last));
  return `${text.slice(0, end)}\n${indentLines(lines, dashColumn(text, list))}${text.slice(end)}`;
}

/** `virtual_keys: []   # comment` keeps its comment where it is and gets its items on the lines below. */
function replaceEmpty(text: string, list: YAMLSeq, lines: string): string {
  const [start, end] = list.range ?? [0, 0];
  const lineEnd = endOfLine(text, end);
  const line = text.slice(0, start) + ' '.repeat(end - start) + text.slice(end, lineEnd);
  return `${line.trimEnd()}\n${indentLines(lines, DEFAULT_INDENT)}${text.slice(lineEnd)}`;
}

function removeLines(text: string, list: YAMLSeq, index: number): string | undefined {
  const item = list.items[index] as Node | undefined;
  if (item?.range === undefined || item.range === null || list.flow === true) return undefined;
  const end = endOfLine(text, endOfValue(text, item)) + 1;
  let start = startOfLine(text, item.range[0]);
  const comment = new RegExp(`^ {${dashColumn(text, list)}}#`);
  while (start > 0 && comment.test(text.slice(startOfLine(text, start - 1), start)))
    start = startOfLine(text, start - 1);
  const rest = text.slice(0, start) + text.slice(end);
  return list.items.length > 1 ? rest : rest.replace(/^virtual_keys:( {3}(?= +#))?/m, 'virtual_keys: []');
}

/** The range of a block reaches over the blank lines behind it; this is where its last value ends. */
function endOfValue(text: string, node: Node): number {
  return text.slice(0, node.range?.[1] ?? 0).trimEnd().length;
}

function startOfLine(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end;
}

function dashColumn(text: string, list: YAMLSeq): number {
  const start = list.range?.[0] ?? 0;
  return start - startOfLine(text, start);
}

function indentLines(lines: string, columns: number): string {
  return lines.trimEnd().replace(/^/gm, ' '.repeat(columns));
}
