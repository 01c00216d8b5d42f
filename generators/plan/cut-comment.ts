import { sectionText, type PlanSection } from './print-section.ts';

/** Room for the line that says what was cut, and more: GitHub refuses a comment above 65,536 characters. */
export const COMMENT_LIMIT = 60_000;

const ROOM_FOR_NOTE = 1_000;
const MOST_NAMED = 8;

/**
 * The sections as one text of at most `limit` characters (UTF-16 units, as GitHub counts no more than that). What does
 * not fit is left out from the first section on that does not; a line then says what and where the whole is.
 * `wholeAt` is Markdown such as a link; `limit` has to leave room for that line, which takes up to 1,000 characters.
 */
export function commentOf(
  sections: readonly PlanSection[],
  { limit = COMMENT_LIMIT, wholeAt }: { limit?: number; wholeAt: string },
): string {
  const texts = sections.map(sectionText);
  const whole = texts.join('\n');
  if (whole.length <= limit) return whole;
  const room = limit - ROOM_FOR_NOTE;
  const fitting = countFitting(texts, room);
  const kept = fitting > 0 ? texts.slice(0, fitting).join('\n') : cutSection(texts[0] ?? '', room);
  return `${kept}\n${noteOf(sections.slice(fitting), wholeAt)}`.slice(0, limit);
}

function countFitting(texts: readonly string[], room: number): number {
  let length = 0;
  for (const [index, text] of texts.entries()) {
    length += text.length + 1;
    if (length > room) return index;
  }
  return texts.length;
}

/** A first section that is too long for itself: whole lines of it, up to the last that leaves nothing open. */
function cutSection(text: string, room: number): string {
  const lines = text.split('\n');
  let [length, kept, fence, folds] = [0, 0, '', 0];
  for (const [index, line] of lines.entries()) {
    length += line.length + 1;
    if (length > room) break;
    const mark = /^`{3,}/.exec(line)?.[0];
    if (mark !== undefined && fence === '') fence = mark;
    else if (line === fence) fence = '';
    if (fence === '') folds += (line.match(/<details>/g) ?? []).length - (line.match(/<\/details>/g) ?? []).length;
    if (fence === '' && folds === 0) kept = index + 1;
  }
  return `${lines.slice(0, kept).join('\n')}\n`;
}

function noteOf(left: readonly PlanSection[], wholeAt: string): string {
  const named = left.slice(0, MOST_NAMED).map(({ title }) => title);
  const more = left.length > named.length ? ` and ${left.length - named.length} more` : '';
  const titles = `${named.join('; ')}${more}`;
  return `**This is not all of it.** Too long for a comment, and left out: ${titles.length > ROOM_FOR_NOTE / 2 ? `${left.length} sections` : titles}. The whole is in ${wholeAt}.\n`;
}
