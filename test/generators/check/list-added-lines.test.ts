import { symlinkSync } from 'node:fs';
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

  test('does not follow a link out of the repository', () => {
    const repository = planRepository();
    symlinkSync('/etc/hostname', join(repository.root, 'link'));

    expect(added(repository.root)).toEqual([]);
  });
});
