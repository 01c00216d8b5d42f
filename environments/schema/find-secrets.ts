import { isOurKey, OUR_SHAPE } from './key-format.ts';
import { ASSIGNED_SECRET, SECRET_SHAPES } from './secret-shapes.ts';

/** A credential that stands in a text, and where. The text itself must never be shown. */
export interface FoundSecret {
  readonly kind: string;
  readonly offset: number;
  readonly secret: string;
}

/** Documentation and code say where a password goes: `${password}`, `<password>`, `PASSWORD`, `***`. */
const PLACEHOLDER = /:(\$\{|\{\w*\}|<[\w -]*>|%[sv]|\*{3,}|x{3,}|(your-?)?password@)/i;

/** Every credential in a text, in its order. */
export function findSecrets(text: string): FoundSecret[] {
  const own = matchesOf(text, 'a virtual key of this gateway', OUR_SHAPE).filter(({ secret }) => isOurKey(secret));
  // What has less of a shape is looked for in the rest, so that none is told twice.
  const others = blank(text, own);
  const shaped = SECRET_SHAPES.flatMap(({ kind, pattern }) => matchesOf(others, kind, pattern)).filter(isShaped);
  const rest = blank(others, shaped);
  const assigned = matchesOf(rest, 'a credential', ASSIGNED_SECRET).filter(({ secret }) => isAssigned(secret));
  return inOrder([...own, ...shaped, ...assigned]);
}

/** What to do about it, without the credential. */
export function describeSecret({ kind }: Pick<FoundSecret, 'kind'>): string {
  return `${kind} stands here: rotate this ${nounOf(kind)} now, and keep its successor out of the file`;
}

/** The same of one that a file is called by. */
export function describeSecretInName({ kind }: Pick<FoundSecret, 'kind'>): string {
  return `${kind} stands in the file's name: rotate this ${nounOf(kind)} now, and rename the file`;
}

function nounOf(kind: string): string {
  return kind.includes('password') ? 'password' : 'key';
}

export const REDACTED = '(a secret)';

/** The text with every credential in it taken out. */
export function redactSecrets(text: string): string {
  return replaceSecrets(text, findSecrets(text), () => REDACTED);
}

function blank(text: string, found: readonly FoundSecret[]): string {
  return replaceSecrets(text, found, (length) => ' '.repeat(length));
}

function matchesOf(text: string, kind: string, pattern: RegExp): FoundSecret[] {
  return [...text.matchAll(pattern)].map(({ 0: secret, index: offset }) => ({ kind, offset, secret }));
}

/** One pass, since a text may hold thousands; those that overlap go as one. */
function replaceSecrets(text: string, found: readonly FoundSecret[], by: (length: number) => string): string {
  const parts: string[] = [];
  let rest = 0;
  let [start, end] = [0, 0];
  const take = () => {
    if (end > start) parts.push(text.slice(rest, start), by(end - start));
    rest = end;
  };
  for (const { offset, secret } of inOrder(found)) {
    if (offset >= end) {
      take();
      start = offset;
    }
    end = Math.max(end, offset + secret.length);
  }
  take();
  return parts.join('') + text.slice(rest);
}

function inOrder(found: readonly FoundSecret[]): FoundSecret[] {
  return found.toSorted((a, b) => a.offset - b.offset);
}

function isShaped({ secret }: FoundSecret): boolean {
  return (!secret.startsWith('sk-') || looksRandom(secret)) && !PLACEHOLDER.test(secret);
}

/** An alias such as `sk-learn-experiments` has words; a credential has a long run that mixes letters and digits. */
function looksRandom(text: string): boolean {
  return text.split(/[-_]/).some((run) => run.length >= 12 && /\d/.test(run) && /[A-Za-z]/.test(run));
}

const MADE_UP = /example|placeholder|change-?me|dummy|your|(.)\1{5}/i;

/** What follows `..._TOKEN=` is mostly a name or a place to put one; a credential is long and without order. */
function isAssigned(text: string): boolean {
  const runs = text.split(/[-_.]/).filter((run) => run.length >= 16 && /\d.*\d/.test(run) && /[A-Za-z]/.test(run));
  return !MADE_UP.test(text) && runs.some((run) => bitsPerCharacter(run) >= 3.2);
}

/** Shannon's entropy: 4 at most for hex digits, near 0 for a repeated pattern. */
function bitsPerCharacter(text: string): number {
  const counts = [...Map.groupBy(text, (character) => character).values()];
  return counts.reduce((bits, { length }) => bits - (length / text.length) * Math.log2(length / text.length), 0);
}
