import type { Node } from 'yaml';

// Where the nodes of a document stand in its text, so that an edit touches the lines that it is about and no other.

/** As people write it here: no folding, and `[a, b]` without spaces inside. */
export const STYLE = { lineWidth: 0, flowCollectionPadding: false } as const;

/** The range of a block reaches over the blank lines behind it; this is where its last value ends. */
export function endOfValue(text: string, node: Node): number {
  return text.slice(0, node.range?.[1] ?? 0).trimEnd().length;
}

/** The offset of the first character of the line that `offset` is in. */
export function startOfLine(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** The offset of the line end behind `offset`, or that of the text. */
export function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end;
}

/** How far the node is from the start of its line. */
export function columnOf(text: string, node: Node): number {
  const start = node.range?.[0] ?? 0;
  return start - startOfLine(text, start);
}

/** The lines with so many spaces before each, and nothing behind the last. */
export function indentLines(lines: string, columns: number): string {
  return lines.trimEnd().replace(/^(?=.)/gm, ' '.repeat(columns));
}

/** The text with `lines` below the line on which `offset` is. */
export function insertBelow(text: string, offset: number, lines: string): string {
  const end = endOfLine(text, offset);
  return `${text.slice(0, end)}\n${lines}${text.slice(end)}`;
}
