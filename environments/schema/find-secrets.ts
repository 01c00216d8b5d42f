import { isOurKey } from './key-format.ts';
import { SECRET_SHAPES } from './secret-shapes.ts';

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
  const found: FoundSecret[] = [];
  for (const { kind, pattern } of SECRET_SHAPES) {
    for (const match of text.matchAll(pattern)) {
      const secret = match[0];
      if (secret.startsWith('sk-') && !looksRandom(secret)) continue;
      if (PLACEHOLDER.test(secret)) continue;
      found.push({ kind: isOurKey(secret) ? 'a virtual key of this gateway' : kind, offset: match.index, secret });
    }
  }
  return found.toSorted((a, b) => a.offset - b.offset);
}

/** What to do about it, without the credential. */
export function describeSecret({ kind }: Pick<FoundSecret, 'kind'>): string {
  const noun = kind.includes('password') ? 'password' : 'key';
  return `${kind} stands here: rotate this ${noun} now, and keep its successor out of the file`;
}

export const REDACTED = '(a secret)';

/** The text with every credential in it taken out. */
export function redactSecrets(text: string): string {
  let safe = text;
  for (const { secret } of findSecrets(text)) safe = safe.replaceAll(secret, REDACTED);
  return safe;
}

/** An alias such as `sk-learn-experiments` has words; a credential has a long run that mixes letters and digits. */
function looksRandom(text: string): boolean {
  return text.split(/[-_]/).some((run) => run.length >= 12 && /\d/.test(run) && /[A-Za-z]/.test(run));
}
