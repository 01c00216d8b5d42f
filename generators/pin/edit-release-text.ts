import { isDeepStrictEqual } from 'node:util';
import { isNode, parseDocument } from 'yaml';
import { Refusal } from '../keys/refusal.ts';

/** A new text for the value at a path, such as `['images', 'gateway', 'digest']`. */
export interface PinEdit {
  readonly path: readonly string[];
  readonly value: string;
}

/** The text of release.yaml with new values and every other byte as it was. Throws a Refusal. */
export function editReleaseText(text: string, edits: readonly PinEdit[]): string {
  const document = parseDocument(text);
  const places = edits.map(({ path, value }) => {
    const node = document.getIn(path, true);
    const range = isNode(node) ? node.range : undefined;
    if (!range) throw new Refusal(`${path.join('.')} is not in the file`);
    return { start: range[0], end: range[1], value };
  });
  let edited = text;
  for (const { start, end, value } of places.toSorted((a, b) => b.start - a.start))
    edited = edited.slice(0, start) + value + edited.slice(end);

  for (const { path, value } of edits) document.setIn(path, value);
  if (isDeepStrictEqual(parseDocument(edited).toJS(), document.toJS())) return edited;
  throw new Refusal('release.yaml has anchors or aliases: write each digest out, and run this again');
}
