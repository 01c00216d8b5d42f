// Myers' shortest edit, on lines. A plan compares hundreds of files, so none costs a process of its own.

export interface LineDiff {
  /** Unified, without a header; empty where both texts are the same. */
  readonly diff: string;
  readonly addedLines: number;
  readonly removedLines: number;
}

type Mark = ' ' | '+' | '-';

interface MarkedLine {
  readonly mark: Mark;
  readonly text: string;
}

/** What is left of the steps that comparing may take; many texts share one, and each uses it up. */
export interface StepsLeft {
  steps: number;
}

/** Under a second; a plan that changes so much is not read line by line. */
export const MOST_STEPS = 4_000_000;

const CONTEXT_LINES = 3;
/** Beyond so many edits nobody reads what stayed: all of the middle is then removed and added. */
const MOST_EDITS = 400;
const NO_NEWLINE = '\n\\ No newline at end of file';

/**
 * What turns one text into the other; an absent side is an empty text. Without steps left, all between the first and the
 * last line that differ is removed and added.
 */
export function compareLines(before: string, after: string, left: StepsLeft = { steps: MOST_STEPS }): LineDiff {
  const marked = markLines(linesOf(before), linesOf(after), left);
  const count = (mark: Mark) => marked.filter((line) => line.mark === mark).length;
  return { diff: hunksOf(marked).join('\n'), addedLines: count('+'), removedLines: count('-') };
}

function linesOf(text: string): string[] {
  if (text === '') return [];
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  else lines.push(`${lines.pop()}${NO_NEWLINE}`);
  return lines;
}

function markLines(before: readonly string[], after: readonly string[], left: StepsLeft): MarkedLine[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;

  const same = (lines: readonly string[]) => lines.map((text): MarkedLine => ({ mark: ' ', text }));
  const middle = [before.slice(start, before.length - end), after.slice(start, after.length - end)] as const;
  return [...same(before.slice(0, start)), ...edit(...middle, left), ...same(before.slice(before.length - end))];
}

/** Walks back through the furthest points that each number of edits reaches. */
function edit(before: readonly string[], after: readonly string[], left: StepsLeft): MarkedLine[] {
  const reached = reachEnd(before, after, left);
  if (reached === undefined) return replaceAll(before, after);
  const marked: MarkedLine[] = [];
  let [x, y] = [before.length, after.length];
  for (let edits = reached.length - 1; edits >= 0; edits -= 1) {
    const furthest = (diagonal: number) => reached[edits]?.get(diagonal) ?? -1;
    const diagonal = x - y;
    const isAdded = comesFromAbove(diagonal, edits, furthest);
    const startX = edits === 0 ? 0 : isAdded ? furthest(diagonal + 1) : furthest(diagonal - 1) + 1;
    for (; x > startX; x -= 1, y -= 1) marked.push({ mark: ' ', text: before[x - 1] ?? '' });
    if (edits === 0) break;
    if (isAdded) marked.push({ mark: '+', text: after[(y -= 1)] ?? '' });
    else marked.push({ mark: '-', text: before[(x -= 1)] ?? '' });
  }
  return marked.toReversed();
}

/** For each number of edits, how far it was possible to come on each diagonal before it. */
function reachEnd(
  before: readonly string[],
  after: readonly string[],
  left: StepsLeft,
): Map<number, number>[] | undefined {
  const trail: Map<number, number>[] = [];
  let last = new Map([[1, 0]]);
  for (let edits = 0; edits <= MOST_EDITS && left.steps > 0; edits += 1) {
    left.steps -= edits + 1;
    trail.push(last);
    const next = new Map<number, number>();
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const furthest = (of: number) => last.get(of) ?? -1;
      const isAdded = comesFromAbove(diagonal, edits, furthest);
      let x = isAdded ? furthest(diagonal + 1) : furthest(diagonal - 1) + 1;
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) x += 1;
      next.set(diagonal, x);
      if (x >= before.length && x - diagonal >= after.length) return trail;
    }
    last = next;
  }
  return undefined;
}

function comesFromAbove(diagonal: number, edits: number, furthest: (diagonal: number) => number): boolean {
  if (diagonal === -edits) return true;
  return diagonal !== edits && furthest(diagonal - 1) < furthest(diagonal + 1);
}

function replaceAll(before: readonly string[], after: readonly string[]): MarkedLine[] {
  return [
    ...before.map((text): MarkedLine => ({ mark: '-', text })),
    ...after.map((text): MarkedLine => ({ mark: '+', text })),
  ];
}

function hunksOf(marked: readonly MarkedLine[]): string[] {
  const hunks: string[] = [];
  let [oldLine, newLine, at] = [1, 1, 0];
  for (const [start, end] of rangesOf(marked)) {
    for (; at < start; at += 1) [oldLine, newLine] = [oldLine + 1, newLine + 1];
    const lines = marked.slice(start, end);
    const olds = lines.filter(({ mark }) => mark !== '+').length;
    const news = lines.filter(({ mark }) => mark !== '-').length;
    hunks.push(`@@ -${placeOf(oldLine, olds)} +${placeOf(newLine, news)} @@`);
    hunks.push(...lines.map(({ mark, text }) => `${mark}${text}`));
    [oldLine, newLine, at] = [oldLine + olds, newLine + news, end];
  }
  return hunks;
}

/** As `diff -u` writes it: an empty range begins on the line before it. */
function placeOf(line: number, count: number): string {
  return `${count === 0 ? line - 1 : line},${count}`;
}

/** The lines around each change, from and up to; ranges that touch are one. */
function rangesOf(marked: readonly MarkedLine[]): [number, number][] {
  const ranges: [number, number][] = [];
  for (const [index, { mark }] of marked.entries()) {
    if (mark === ' ') continue;
    const start = Math.max(0, index - CONTEXT_LINES);
    const end = Math.min(marked.length, index + 1 + CONTEXT_LINES);
    const last = ranges.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = end;
    else ranges.push([start, end]);
  }
  return ranges;
}
