import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeDist } from '../../generators/write-dist.ts';

let folder: string;
let dist: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tollgate-write-'));
  dist = join(folder, 'dist');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('writeDist', () => {
  it('leaves in dist/ what was rendered and nothing else', () => {
    writeDist(
      dist,
      new Map([
        ['dev/gateway/a.yaml', '1'],
        ['old/gateway/a.yaml', '1'],
        ['stray', '1'],
      ]),
    );
    writeDist(
      dist,
      new Map([
        ['dev/gateway/a.yaml', '2'],
        ['prod/gateway/a.yaml', '1'],
      ]),
    );

    expect(contents()).toEqual({ 'dev/gateway/a.yaml': '2', 'prod/gateway/a.yaml': '1' });
  });

  it("replaces one environment's folder whole and no other", () => {
    writeDist(
      dist,
      new Map([
        ['dev/gateway/a.yaml', '1'],
        ['dev/gateway/b.yaml', '1'],
        ['prod/gateway/a.yaml', '1'],
      ]),
    );
    writeDist(
      dist,
      new Map([
        ['dev/gateway/a.yaml', '2'],
        ['prod/gateway/a.yaml', '2'],
      ]),
      'dev',
    );

    expect(contents()).toEqual({ 'dev/gateway/a.yaml': '2', 'prod/gateway/a.yaml': '1' });
  });

  it('leaves the old folder as it was, and no litter, when writing fails half-way', () => {
    writeDist(dist, new Map([['dev/gateway/a.yaml', '1']]));
    // A file cannot be a folder as well.
    const impossible = new Map([
      ['dev/gateway/a.yaml', '2'],
      ['dev/gateway/b.yaml', '2'],
      ['dev/gateway/b.yaml/c.yaml', '2'],
    ]);

    expect(() => writeDist(dist, impossible)).toThrow('EISDIR');

    expect(contents()).toEqual({ 'dev/gateway/a.yaml': '1' });
    expect(readdirSync(folder)).toEqual(['dist']);
  });

  it('makes folders that everyone may read, as Git does', () => {
    writeDist(dist, new Map([['dev/gateway/a.yaml', '1']]));

    expect(statSync(dist).mode & 0o777).toBe(0o777 & ~process.umask());
  });
});

function contents(): Record<string, string> {
  const files = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).toSorted();
  return Object.fromEntries(paths.map((path) => [path.slice(dist.length + 1), readFileSync(path, 'utf8')]));
}
