import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeDrift, findDrift } from '../../generators/diff-dist.ts';

let dist: string;

beforeEach(() => {
  dist = mkdtempSync(join(tmpdir(), 'tollgate-drift-'));
  mkdirSync(join(dist, 'dev'));
  writeFileSync(join(dist, 'dev/same.yaml'), 'same');
  writeFileSync(join(dist, 'dev/old.yaml'), 'old');
  writeFileSync(join(dist, 'dev/edited.yaml'), 'edited by hand');
});

afterEach(() => rmSync(dist, { recursive: true, force: true }));

describe('findDrift', () => {
  it('finds nothing where every file is as it was rendered', () => {
    const rendered = { 'dev/same.yaml': 'same', 'dev/old.yaml': 'old', 'dev/edited.yaml': 'edited by hand' };

    expect(findDrift(dist, new Map(Object.entries(rendered)))).toBeUndefined();
  });

  it('tells added, changed and removed files apart', () => {
    const rendered = { 'dev/same.yaml': 'same', 'dev/new.yaml': 'new', 'dev/edited.yaml': 'rendered' };

    expect(findDrift(dist, new Map(Object.entries(rendered)))).toEqual({
      added: ['dev/new.yaml'],
      changed: ['dev/edited.yaml'],
      removed: ['dev/old.yaml'],
    });
  });

  it('takes a link for what nothing renders, wherever it leads', () => {
    symlinkSync('same.yaml', join(dist, 'dev/linked.yaml'));
    symlinkSync('dev', join(dist, 'linked'));

    expect(findDrift(dist, new Map([['dev/same.yaml', 'same']]))?.removed).toEqual([
      'dev/edited.yaml',
      'dev/linked.yaml',
      'dev/old.yaml',
      'linked',
    ]);
  });

  it('takes a missing dist/ for an empty one', () => {
    expect(findDrift(join(dist, 'none'), new Map([['dev/a.yaml', 'a']]))?.added).toEqual(['dev/a.yaml']);
  });
});

describe('describeDrift', () => {
  it('lists every file and names the command that brings dist/ in step', () => {
    const text = describeDrift({ added: ['dev/a.yaml'], changed: ['dev/b.yaml'], removed: ['dev/c.yaml'] });

    expect(text.split('\n')).toEqual([
      'dist/ is out of step with environments/ and generators/:',
      '  added    dist/dev/a.yaml',
      '  changed  dist/dev/b.yaml',
      '  removed  dist/dev/c.yaml',
      'run: npm run render',
    ]);
  });
});
