/** A line that only the later side of a diff has. */
export interface AddedLine {
  readonly file: string;
  /** From 1, in the later side. */
  readonly line: number;
  readonly text: string;
  /** The commit whose later side it is, where it is not that of the change as a whole. */
  readonly commit?: string;
}

/** The id of nothing, of which git prints the beginning. */
const NEW_AND_EMPTY = 'index 0000000..e69de29';
const HUNK = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/**
 * Reads the added lines of a unified diff as git prints it. It counts the lines of each hunk, so that a line which only
 * looks like a header is never taken for one. A new file without a line counts as one empty line, for its name.
 */
export function readAddedLines(diff: string): AddedLine[] {
  const added: AddedLine[] = [];
  let [file, line, oldLeft, newLeft] = ['', 0, 0, 0];
  for (const text of withoutNul(diff).split('\n')) {
    if (oldLeft + newLeft > 0) {
      if (text.startsWith('+')) added.push({ file, line, text: text.slice(1) });
      if (text.startsWith('+') || text.startsWith(' ')) [line, newLeft] = [line + 1, newLeft - 1];
      if (text.startsWith('-') || text.startsWith(' ')) oldLeft -= 1;
      continue;
    }
    file = nameIn(text) ?? file;
    if (text.startsWith(NEW_AND_EMPTY)) added.push({ file, line: 1, text: '' });
    const hunk = HUNK.exec(text);
    if (hunk === null) continue;
    line = Number(hunk[2]);
    [oldLeft, newLeft] = [Number(hunk[1] ?? 1), Number(hunk[3] ?? 1)];
  }
  return added;
}

/** A file of two bytes a character, which has a NUL beside every letter, becomes one that can be searched. */
export function withoutNul(text: string): string {
  return text.replaceAll('\0', '');
}

/**
 * The file of `diff --git a/path b/path` and of `+++ b/path`; git puts a path with a quote, a tab or a line break in
 * quotes.
 */
function nameIn(text: string): string | undefined {
  const named = /^\+\+\+ "?b\/(.*?)"?\t?$/.exec(text) ?? /^diff --git "?a\/(.+?)"? "?b\/\1"?$/.exec(text);
  return named?.[1];
}
