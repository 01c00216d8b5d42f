import { describeSecret, findSecrets, REDACTED, type FoundSecret } from './find-secrets.ts';
import type { ParsedFile, Problem } from './parse-yaml.ts';
import { textAt } from './value-at.ts';

/**
 * Adds an error for every raw credential in the files, comments included. It takes the place of what else was found
 * about the same value, since there is one thing to do about it.
 */
export function checkSecrets(files: readonly ParsedFile<unknown>[], found: readonly Problem[]): Problem[] {
  const secrets = files.flatMap((file) => secretProblems(file));
  const isCovered = (problem: Problem) =>
    files.some((file) => file.file === problem.file && holdsSecret(file, problem)) &&
    secrets.some((secret) => secret.file === problem.file && secret.line === problem.line);
  return [...found.filter((problem) => !isCovered(problem)), ...secrets];
}

function secretProblems({ file, text }: ParsedFile<unknown>): Problem[] {
  return findSecrets(text).map((secret) => ({
    level: 'error' as const,
    file,
    ...placeOf(text, secret),
    field: '',
    message: describeSecret(secret),
  }));
}

function placeOf(text: string, { offset }: FoundSecret): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function holdsSecret({ input }: ParsedFile<unknown>, { field }: Problem): boolean {
  if (field.includes(REDACTED)) return true;
  const value = textAt(input, field.split('.'));
  return value !== undefined && findSecrets(value).length > 0;
}
