import { redactSecrets } from '../../environments/schema/find-secrets.ts';

// Names and values come from a stranger's pull request. Whatever they hold, they stay one line of text in what we print:
// no markup, link, mention, column or fence of theirs, no character that turns the reading direction, and no secret.

const LONGEST_NAME = 120;
const LONGEST_SENTENCE = 1_000;
const LONGEST_LINE = 400;
/** What is looked through for secrets: no more than what may be shown, and the longest secret that may begin in it. */
const LONGEST_READ = 20_000;
/** Controls, separators of lines, and what is invisible or turns text around. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\u2028\u2029]/gu;
const LOOKALIKES: Readonly<Record<string, string>> = { '`': 'ˋ', '|': '¦' };
const MARKUP = /[\\`*[\]~|]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;

/** A name or a value as code: nothing in it means anything, also inside a table. */
export function code(text: string): string {
  const line = oneLine(text, LONGEST_NAME).replace(/[`|]/g, (mark) => LOOKALIKES[mark] ?? mark);
  return line === '' ? '(empty)' : `\`${line}\``;
}

/** A sentence that may hold names, as text that reads the same when it is rendered. */
export function plain(text: string): string {
  return oneLine(text, LONGEST_SENTENCE)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/(?<!^| )\$|\$(?!\d)/g, '<span>$$</span>')
    .replace(MARKUP, (mark) => `\\${mark}`)
    .replace(/[@#](?=[\p{L}\p{N}])/gu, (mark) => `${mark}&#8203;`)
    .replace(/\bGH-(?=\d)/gi, '$&&#8203;')
    .replace(/:(?=\/\/)/g, '&#58;')
    .replace(/\b(www)\./gi, '$1&#46;')
    .replace(/^([-+=]|\d+(?=[.)]))/, (mark) => (/\d/.test(mark) ? `${mark}&#8203;` : `\\${mark}`));
}

/** A name inside of an HTML element, where Markdown has no say. */
export function htmlCode(text: string): string {
  const line = oneLine(text, LONGEST_NAME * 2);
  const escaped = line.replace(/[&<>"']/g, (mark) => `&#${mark.codePointAt(0)};`);
  return `<code>${escaped}</code>`;
}

/** A block that shows lines as they are, at most `most` of them; its fence is longer than any that they hold. */
export function fenced(language: string, text: string, most: number): string {
  const lines = withoutPrivateKeys(text.split('\n'));
  const shown = lines
    .slice(0, most)
    .map((line) => clip(redactSecrets(line.slice(0, LONGEST_READ)).replace(UNSEEN, visible), LONGEST_LINE));
  const left = lines.length - shown.length;
  if (left > 0) shown.push(`… ${left.toLocaleString('en-US')} more ${left === 1 ? 'line' : 'lines'}`);
  const longest = Math.max(2, ...shown.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${shown.join('\n')}\n${fence}`;
}

/** A private key is the one secret that goes on over many lines. */
function withoutPrivateKeys(lines: readonly string[]): string[] {
  let isInside = false;
  return lines.flatMap((line) => {
    const wasInside = isInside;
    isInside = /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(line) || (isInside && !line.includes('-----END '));
    return wasInside ? [] : [line];
  });
}

/** `1 file`, `3 files`, `1,200 lines`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

function oneLine(text: string, most: number): string {
  const line = redactSecrets(text.slice(0, LONGEST_READ)).replace(/\s+/g, ' ').replace(UNSEEN, visible).trim();
  return clip(line, most);
}

/** Cut between characters, never inside of one. */
function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** A tab stays; the rest is shown by its number. */
function visible(character: string): string {
  if (character === '\t') return character;
  return `\\u{${character.codePointAt(0)?.toString(16)}}`;
}
