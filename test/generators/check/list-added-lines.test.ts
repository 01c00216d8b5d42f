import { symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listAddedLines } from '../../../generators/check/list-added-lines.ts';
import { planRepository } from '../plan/plan-repository.ts';

function added(root: string): string[] {
  return listAddedLines(root, 'start').map(({ file, line, text }) => `${file}:${line}: ${text}`);
}

describe('listAddedLines', () => {
  test('gives the lines that were added since a commit, committed or not, and those of new files', () => {
    const repository = planRepository();
    repository.put('docs/a.md', 'one\ntwo\n');
    repository.commit();
    repository.put('docs/a.md', 'zero\none\ntwo\n');
    repository.put('docs/new ü.md', 'fresh');
    repository.remove('dist/dev');

    expect(added(repository.root)).toEqual([
      'docs/a.md:1: zero',
      'docs/a.md:2: one',
      'docs/a.md:3: two',
      'docs/new ü.md:1: fresh',
    ]);
  });

  test('reads a file that the change calls binary, and the new name of a file that moved', () => {
    const repository = planRepository();
    repository.put('.gitattributes', '*.key binary\n');
    repository.put('a.key', 'secret\n');
    repository.git('mv', 'environments/policy.yaml', 'environments/rules.yaml');
    repository.commit();

    const lines = added(repository.root);
    expect(lines).toContain('a.key:1: secret');
    expect(lines).toContain('environments/rules.yaml:1: team_budget: { level: deny }');
  });

  test('gives the words of a file of two bytes a character, committed or not', () => {
    const repository = planRepository();
    const text = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('one\r\nsecret\r\n', 'utf16le')]);
    writeFileSync(join(repository.root, 'a.txt'), text);
    repository.commit();
    writeFileSync(join(repository.root, 'b.txt'), Buffer.from(text).subarray(2).swap16());

    const lines = added(repository.root);
    expect(lines).toContain('a.txt:2: secret\r');
    expect(lines).toContain('b.txt:2: secret\r');
  });

  test('gives the name of an empty file, which may say more than it should', () => {
    const repository = planRepository();
    repository.put('docs/a secret', '');
    repository.commit();
    repository.put('docs/another', '');

    expect(added(repository.root)).toEqual(['docs/a secret:1: ', 'docs/another:1: ']);
  });

  test('reads a new file of some size, and refuses one that it would not look through', () => {
    const repository = planRepository();
    repository.put('long.txt', `${'x'.repeat(2_000_000)}\nsecret\n`);
    expect(added(repository.root)).toContain('long.txt:2: secret');

    repository.put('huge.bin', 'x');
    truncateSync(join(repository.root, 'huge.bin'), 33_554_433);
    expect(() => added(repository.root)).toThrow(
      'huge.bin has 33554433 bytes, and credentials are looked for in new files of up to 33554432: name it in .gitignore, or take it away',
    );
  });

  test('does not follow a link out of the repository', () => {
    const repository = planRepository();
    symlinkSync('/etc/hostname', join(repository.root, 'link'));

    expect(added(repository.root)).toEqual([]);
  });

  test('gives what a commit added and a later one took back, with the commit that still has it', () => {
    const repository = planRepository();
    repository.put('docs/a.md', 'kept\nsecret\n');
    const commit = repository.commit();
    repository.put('docs/a.md', 'kept\n');
    repository.commit();

    expect(listAddedLines(repository.root, 'start')).toEqual([
      { file: 'docs/a.md', line: 1, text: 'kept' },
      { file: 'docs/a.md', line: 2, text: 'secret', commit },
    ]);
  });

  test('gives what a merge itself added, and not what it brought in from before the base', () => {
    const repository = planRepository();
    repository.git('switch', '--quiet', '-c', 'change');
    repository.put('docs/change.md', 'mine\n');
    repository.commit();
    repository.git('switch', '--quiet', 'main');
    repository.put('docs/others.md', 'theirs\n');
    const base = repository.commit();
    repository.git('switch', '--quiet', 'change');
    repository.git('merge', '--quiet', '--no-commit', '--no-ff', 'main');
    repository.put('docs/others.md', 'theirs\nslipped in\n');
    const merge = repository.commit('merge');
    repository.put('docs/others.md', 'theirs\n');
    repository.commit();

    expect(listAddedLines(repository.root, base)).toEqual([
      { file: 'docs/change.md', line: 1, text: 'mine' },
      { file: 'docs/others.md', line: 2, text: 'slipped in', commit: merge },
    ]);
  });

  test('refuses more commits than it reads', () => {
    const repository = planRepository();
    const tree = repository.git('rev-parse', 'HEAD^{tree}').trim();
    let tip = repository.git('rev-parse', 'HEAD').trim();
    for (let commit = 0; commit < 251; commit += 1)
      tip = repository.git('commit-tree', tree, '-p', tip, '-m', String(commit)).trim();
    repository.git('update-ref', 'refs/heads/main', tip);

    expect(() => listAddedLines(repository.root, 'start')).toThrow(
      'credentials are looked for in every commit since the base: there are 251, and 250 are the most: squash them, or split the change',
    );
  });
});
