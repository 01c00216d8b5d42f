import { matchesGlob } from 'node:path';
import { describeSecret, findSecrets, redactSecrets, type FoundSecret } from './find-secrets.ts';
import type { Problem } from './parse-yaml.ts';
import type { AddedLine } from './read-added-lines.ts';

/** One entry of `allowed_secrets` in `policy.yaml`. */
export interface AllowedSecrets {
  readonly path: string;
}

/**
 * Every credential in the lines that a change adds, in any file but the allowed ones, as an error at its place. The
 * credential itself is never part of it.
 */
export function findSecretsInLines(lines: readonly AddedLine[], allowed: readonly AllowedSecrets[]): Problem[] {
  return [...Map.groupBy(lines, ({ file }) => file)].flatMap(([file, ofFile]) => {
    const problems = problemsOf(file, ofFile);
    return problems.length > 0 && allowed.some(({ path }) => matchesGlob(file, path)) ? [] : problems;
  });
}

/** One search through all lines of a file: one for each would take many times as long. */
function problemsOf(file: string, lines: readonly AddedLine[]): Problem[] {
  const text = lines.map((line) => line.text).join('\n');
  const secrets = findSecrets(text).filter((secret) => !isOnLoopback(text, secret));
  return secrets.map((secret) => {
    const before = text.slice(0, secret.offset).split('\n');
    return {
      level: 'error',
      file: redactSecrets(file),
      line: lines[before.length - 1]?.line ?? 1,
      column: (before.at(-1)?.length ?? 0) + 1,
      field: '',
      message: describeSecret(secret),
    };
  });
}

/** The password of a server that only its own machine reaches: tests start many. */
function isOnLoopback(text: string, { offset, secret }: FoundSecret): boolean {
  return secret.endsWith('@') && /^(127\.0\.0\.1|localhost|\[::1\])(?![\w.-])/.test(text.slice(offset + secret.length));
}
