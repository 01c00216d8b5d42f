import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findSecretsInLines } from '../../../environments/schema/find-secrets-in-lines.ts';
import { makeKey } from '../../../environments/schema/key-format.ts';
import { Policy } from '../../../environments/schema/policy.ts';
import { readAuthoredFile } from '../../../environments/schema/read-authored-file.ts';

const ROOT = join(import.meta.dirname, '../../..');

describe('findSecretsInLines', () => {
  test('says where a key stands and what to do, and never the key', () => {
    const key = makeKey();
    const lines = [{ file: 'docs/setup.md', line: 7, text: `export TOLLGATE_KEY=${key}` }];

    const problems = findSecretsInLines(lines, [{ path: 'docs/*.txt' }]);

    expect(problems).toEqual([
      {
        level: 'error',
        file: 'docs/setup.md',
        line: 7,
        column: 21,
        field: '',
        message:
          'a virtual key of this gateway stands here: rotate this key now, and keep its successor out of the file',
      },
    ]);
    expect(JSON.stringify(problems)).not.toContain(key.slice(0, 20));
  });

  test('places thousands of keys, one to a line or all on one', { timeout: 5_000 }, () => {
    const keys = Array.from({ length: 10_000 }, (_, index) => `gsk_${`${index}aB3xK9`.repeat(12).slice(0, 48)}`);
    const placed = (texts: readonly string[]) =>
      findSecretsInLines(
        texts.map((text, index) => ({ file: 'a.txt', line: index + 5, text })),
        [],
      );

    expect(placed(keys.flatMap((key) => ['', ` ${key}`])).map(({ line, column }) => [line, column])).toEqual(
      keys.map((_, index) => [index * 2 + 6, 2]),
    );
    expect(placed(['', keys.join(' ')]).map(({ line, column }) => [line, column])).toEqual(
      keys.map((_, index) => [6, index * 53 + 1]),
    );
  });

  test('does not show a key that is the name of a file', () => {
    const key = makeKey();

    const problems = findSecretsInLines([{ file: `keys/${key}.txt`, line: 4, text: key }], []);

    const kind = 'a virtual key of this gateway';
    expect(problems.map(({ file, line, message }) => [file, line, message])).toEqual([
      ['keys/(a secret).txt', 1, `${kind} stands in the file's name: rotate this key now, and rename the file`],
      ['keys/(a secret).txt', 4, `${kind} stands here: rotate this key now, and keep its successor out of the file`],
    ]);
  });

  test('names the commit that still has a key which the file no longer has', () => {
    const line = { file: 'a.md', line: 3, text: makeKey(), commit: '1234567890abcdef' };

    expect(
      findSecretsInLines([{ file: 'a.md', line: 1, text: 'safe' }, line], []).map(({ message }) => message),
    ).toEqual([
      'a virtual key of this gateway stands here: rotate this key now, and keep its successor out of the file; commit 1234567890ab still has it',
    ]);
  });

  test('lets the files pass that policy.yaml allows', () => {
    const lines = ['test/a.ts', 'test/deep/b.ts', 'src/c.ts'].map((file) => ({ file, line: 1, text: makeKey() }));

    expect(findSecretsInLines(lines, [{ path: 'test/**' }]).map(({ file }) => file)).toEqual(['src/c.ts']);
  });

  test('lets the password of a server on loopback pass, and that of no other', () => {
    const password = 'hunter2'.repeat(2);
    const hosts = ['127.0.0.1:5432', 'localhost/gateway', '[::1]:6379', 'localhost.example.com', 'db.example.com'];
    const lines = hosts.map((host, index) => ({
      file: 'a.ts',
      line: index + 1,
      text: `postgres://me:${password}@${host}`,
    }));

    expect(findSecretsInLines(lines, []).map(({ line }) => line)).toEqual([4, 5]);
  });

  test('finds none in this repository but where policy.yaml allows it, with a reason', { timeout: 60_000 }, () => {
    const allowed = readAuthoredFile(join(ROOT, 'environments/policy.yaml'), Policy).value?.allowed_secrets ?? [];
    const paths = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' }).split('\0').slice(0, -1);
    const found = findSecretsInLines(paths.flatMap(linesOf), []);

    const isAllowed = ({ file }: { file: string }) => allowed.some(({ path }) => matchesGlob(file, path));
    expect(found.filter((problem) => !isAllowed(problem)).map(({ file, line }) => `${file}:${line}`)).toEqual([]);
    expect(allowed.filter(({ path }) => !found.some(({ file }) => matchesGlob(file, path)))).toEqual([]);
  });
});

/** Others may be taking a file away while this reads. */
function linesOf(file: string) {
  try {
    const text = readFileSync(join(ROOT, file), 'utf8');
    return text.split('\n').map((line, index) => ({ file, line: index + 1, text: line }));
  } catch {
    return [];
  }
}
