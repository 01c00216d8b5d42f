import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeFilesTogether } from '../../../generators/import/write-files.ts';
import { tempFolder } from '../../support/temp-folder.ts';

describe('files that belong together', () => {
  test('are written with their folders', () => {
    const folder = tempFolder();
    const path = join(folder, 'demo/keys/search.yaml');
    writeFilesTogether([{ path, before: undefined, text: 'a: 1\n' }]);

    expect(readFileSync(path, 'utf8')).toBe('a: 1\n');
    expect(readdirSync(join(folder, 'demo/keys'))).toEqual(['search.yaml']);
  });

  test('are all taken back where one cannot be written', () => {
    const folder = tempFolder();
    const [first, second, third] = ['a.yaml', 'new/b.yaml', 'c.yaml'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    writeFileSync(first, 'old\n');
    mkdirSync(third);
    const write = () =>
      writeFilesTogether([
        { path: first, before: 'old\n', text: 'new\n' },
        { path: second, before: undefined, text: 'new\n' },
        { path: third, before: undefined, text: 'new\n' },
      ]);

    expect(write).toThrow('nothing is written: a file cannot be (EISDIR)');
    expect(readFileSync(first, 'utf8')).toBe('old\n');
    expect(existsSync(join(folder, 'new'))).toBe(false);
    expect(readdirSync(folder).toSorted()).toEqual(['a.yaml', 'c.yaml']);
  });
});
