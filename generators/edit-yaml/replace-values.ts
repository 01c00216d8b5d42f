import { isDeepStrictEqual } from 'node:util';
import { isNode, parseDocument, stringify } from 'yaml';
import { valueAt } from '../../environments/schema/value-at.ts';
import { Refusal } from '../command-line/refusal.ts';

/** A new text for the value at a path, such as `['images', 'gateway', 'digest']`. */
export interface ValueEdit {
  readonly path: readonly string[];
  readonly value: string;
}

/** The text with new values and every other byte as it was. Throws a Refusal where that cannot be. */
export function replaceValues(text: string, edits: readonly ValueEdit[]): string {
  const document = parseDocument(text);
  const places = edits.map(({ path, value }) => {
    const node = document.getIn(path, true);
    const range = isNode(node) ? node.range : undefined;
    if (!range) throw new Refusal(`${path.join('.')} is not in the file`);
    // In quotes where it would be a number or a date without them.
    return { start: range[0], end: range[1], value: stringify(value, { lineWidth: 0 }).trimEnd() };
  });
  let edited = text;
  for (const { start, end, value } of places.toSorted((a, b) => b.start - a.start))
    edited = edited.slice(0, start) + value + edited.slice(end);

  if (isDeepStrictEqual(parseDocument(edited).toJS(), withValues(document.toJS(), edits))) return edited;
  throw new Refusal('the file has anchors or aliases: write each value out, and run this again');
}

/** What the file should hold. By way of JSON, since aliases share what they stand for. */
function withValues(input: unknown, edits: readonly ValueEdit[]): unknown {
  const wanted: unknown = JSON.parse(JSON.stringify(input));
  for (const { path, value } of edits) {
    const parent = valueAt(wanted, path.slice(0, -1)) as Record<string, unknown>;
    parent[path.at(-1) ?? ''] = value;
  }
  return wanted;
}
