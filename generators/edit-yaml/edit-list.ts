import { isDeepStrictEqual } from 'node:util';
import { isNode, isSeq, parseDocument, stringify, type Document, type Node, type YAMLSeq } from 'yaml';
import { flowText } from './flow-text.ts';
import { columnOf, endOfLine, endOfValue, indentLines, insertBelow, startOfLine, STYLE } from './text-lines.ts';

// Edits of a list touch only the lines they are about, so that a pull request shows nothing else. Where the file has a
// form that this does not foresee, the whole document is written anew, with its comments and its order.

/** Where a list stands in a document, such as `['virtual_keys', 0, 'hashes']`. */
export type ListPath = readonly (string | number)[];

const DEFAULT_INDENT = 2;

/**
 * Adds an item after the last one; `lines` is what a list of lines shows for it, as an item of its own. Throws where there
 * is no such list.
 */
export function appendItem(
  text: string,
  path: ListPath,
  item: unknown,
  lines: string = stringify([item], STYLE),
): string {
  return edit(
    text,
    path,
    (list, document) => list.add(document.createNode(item)),
    (list) => {
      const last = list.items.at(-1) as Node | undefined;
      if (list.flow === true && last !== undefined)
        return appendInBrackets(text, last, isNode(item) ? item.toJSON() : item);
      if (last === undefined) return replaceEmpty(text, list, lines);
      return insertBelow(text, endOfValue(text, last), indentLines(lines, columnOf(text, list)));
    },
  );
}

/** Takes an item out, with the comment that stands right above it. Throws where there is no such list. */
export function removeItem(text: string, path: ListPath, index: number): string {
  return edit(
    text,
    path,
    (list) => list.delete(index),
    (list) => removeLines(text, list, path, index),
  );
}

function edit(
  text: string,
  path: ListPath,
  change: (list: YAMLSeq, document: Document) => void,
  splice: (list: YAMLSeq) => string | undefined,
): string {
  const document = parseDocument(text);
  const list = document.getIn(path);
  if (!isSeq(list)) throw new TypeError(`${path.join('.')} is not a list`);
  const spliced = splice(list);
  change(list, document);
  if (list.items.length > 0) list.flow = false;
  const isFaithful = spliced !== undefined && isDeepStrictEqual(parseDocument(spliced).toJS(), document.toJS());
  return isFaithful ? spliced : document.toString(STYLE);
}

function appendInBrackets(text: string, last: Node, item: unknown): string {
  const end = last.range?.[1] ?? 0;
  return `${text.slice(0, end)}, ${flowText(item)}${text.slice(end)}`;
}

/** `virtual_keys: []   # comment` keeps its comment where it is and gets its items on the lines below. */
function replaceEmpty(text: string, list: YAMLSeq, lines: string): string {
  const [start, end] = list.range ?? [0, 0];
  const lineEnd = endOfLine(text, end);
  const line = text.slice(0, start) + ' '.repeat(end - start) + text.slice(end, lineEnd);
  return `${line.trimEnd()}\n${indentLines(lines, DEFAULT_INDENT)}${text.slice(lineEnd)}`;
}

function removeLines(text: string, list: YAMLSeq, path: ListPath, index: number): string | undefined {
  const item = list.items[index] as Node | undefined;
  if (item?.range === undefined || item.range === null || list.flow === true) return undefined;
  const end = endOfLine(text, endOfValue(text, item)) + 1;
  let start = startOfLine(text, item.range[0]);
  const comment = new RegExp(`^ {${columnOf(text, list)}}#`);
  while (start > 0 && comment.test(text.slice(startOfLine(text, start - 1), start)))
    start = startOfLine(text, start - 1);
  const rest = text.slice(0, start) + text.slice(end);
  if (list.items.length > 1) return rest;
  const name = String(path.at(-1));
  return rest.replace(new RegExp(`^${name}:( {3}(?= +#))?`, 'm'), `${name}: []`);
}
