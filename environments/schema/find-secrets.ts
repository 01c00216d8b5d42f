import { isOurKey } from './key-format.ts';

/** A credential that stands in a text, and where. The text itself must never be shown. */
export interface FoundSecret {
  readonly kind: string;
  readonly offset: number;
  readonly secret: string;
}

// Only shapes that nothing but a credential has: a false alarm teaches people to look away.
const SHAPES: readonly { kind: string; pattern: RegExp }[] = [
  { kind: 'a raw key', pattern: /(?<![\w-])sk-[\w-]{16,}/g },
  { kind: 'a Groq key', pattern: /(?<![\w-])gsk_[0-9A-Za-z]{32,}/g },
  { kind: 'an xAI key', pattern: /(?<![\w-])xai-[0-9A-Za-z]{32,}/g },
  { kind: 'a Google key', pattern: /(?<![\w-])AIza[\w-]{35}(?![\w-])/g },
  { kind: 'an Azure key', pattern: /(?<![\w-])[0-9A-Za-z]{52}JQQJ99[0-9A-Za-z]{26}(?![\w-])/g },
  { kind: 'an AWS key', pattern: /(?<![\w-])(?:AKIA|ASIA)[0-9A-Z]{16}(?![\w-])/g },
  { kind: 'a Hugging Face token', pattern: /(?<![\w-])hf_[0-9A-Za-z]{30,}/g },
  { kind: 'a GitHub token', pattern: /(?<![\w-])(?:gh[pousr]_[0-9A-Za-z]{36,}|github_pat_\w{50,})/g },
  { kind: 'a private key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/g },
  { kind: 'a password in an address', pattern: /\b[a-z][a-z+]{2,20}:\/\/[^\s:/@"']{0,64}:[^\s/@"']{3,256}@/gi },
];

/** Documentation and code say where a password goes: `${password}`, `<password>`, `PASSWORD`, `***`. */
const PLACEHOLDER = /:(\$|\{|<|%[sv]|\*{3}|x{3}|(your-?)?password@)/i;

/** Every credential in a text, in its order. */
export function findSecrets(text: string): FoundSecret[] {
  const found: FoundSecret[] = [];
  for (const { kind, pattern } of SHAPES) {
    for (const match of text.matchAll(pattern)) {
      const secret = match[0];
      if (secret.startsWith('sk-') && !looksRandom(secret)) continue;
      if (PLACEHOLDER.test(secret)) continue;
      found.push({ kind: isOurKey(secret) ? 'a virtual key of this gateway' : kind, offset: match.index, secret });
    }
  }
  return found.toSorted((a, b) => a.offset - b.offset);
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
