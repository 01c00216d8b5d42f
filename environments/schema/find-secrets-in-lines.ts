import { matchesGlob } from 'node:path';
import { describeSecret, describeSecretInName, findSecrets, redactSecrets, type FoundSecret } from './find-secrets.ts';
import { problemOf, type Problem } from './parse-yaml.ts';
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
  return [...Map.groupBy(lines, ({ file, commit = '' }) => `${commit} ${file}`).values()].flatMap((ofFile) => {
    const [{ file, commit } = { file: '' }] = ofFile;
    const problems = [...problemsOfName(file), ...problemsOf(file, ofFile)].map((problem) =>
      commit === undefined ? problem : inHistory(problem, commit),
    );
    return problems.length > 0 && allowed.some(({ path }) => matchesGlob(file, path)) ? [] : problems;
  });
}

function problemsOfName(file: string): Problem[] {
  return findSecrets(file).map((secret) => problemOf(redactSecrets(file), describeSecretInName(secret)));
}

/** One search through all lines of a file: one for each would take many times as long. */
function problemsOf(file: string, lines: readonly AddedLine[]): Problem[] {
  const text = lines.map((line) => line.text).join('\n');
  const secrets = findSecrets(text).filter((secret) => !isOnLoopback(text, secret));
  let [at, start] = [0, 0];
  return secrets.map((secret) => {
    for (let end = endOf(lines, at, start); end < secret.offset; end = endOf(lines, at, start))
      [at, start] = [at + 1, end + 1];
    return {
      level: 'error',
      file: redactSecrets(file),
      line: lines[at]?.line ?? 1,
      column: secret.offset - start + 1,
      field: '',
      message: describeSecret(secret),
    };
  });
}

/** Whoever fetches the branch has it, though the file no longer does. */
function inHistory(problem: Problem, commit: string): Problem {
  return { ...problem, message: `${problem.message}; commit ${commit.slice(0, 12)} still has it` };
}

/** Where a line ends in the text of all. */
function endOf(lines: readonly AddedLine[], at: number, start: number): number {
  return start + (lines[at]?.text.length ?? Number.POSITIVE_INFINITY);
}

/** The password of a server that only its own machine reaches: tests start many. */
function isOnLoopback(text: string, { offset, secret }: FoundSecret): boolean {
  return secret.endsWith('@') && /^(127\.0\.0\.1|localhost|\[::1\])(?![\w.-])/.test(text.slice(offset + secret.length));
}
