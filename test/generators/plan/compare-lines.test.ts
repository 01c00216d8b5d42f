import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareLines } from '../../../generators/plan/compare-lines.ts';
import { tempFolder } from '../../support/temp-folder.ts';

describe('compareLines', () => {
  it('marks what was added and removed, with three lines around it', () => {
    const before = 'a\nb\nc\nd\ne\nf\ng\nh\ni\n';
    const { diff, addedLines, removedLines } = compareLines(before, before.replace('e', 'E\nEE'));
    expect(diff).toBe('@@ -2,7 +2,8 @@\n b\n c\n d\n-e\n+E\n+EE\n f\n g\n h');
    expect({ addedLines, removedLines }).toEqual({ addedLines: 2, removedLines: 1 });
  });

  it('says nothing where both sides are the same', () => {
    expect(compareLines('a\n', 'a\n')).toEqual({ diff: '', addedLines: 0, removedLines: 0 });
  });

  it('begins an added file at line 0 of nothing', () => {
    expect(compareLines('', 'a\nb\n').diff).toBe('@@ -0,0 +1,2 @@\n+a\n+b');
    expect(compareLines('a\nb\n', '').diff).toBe('@@ -1,2 +0,0 @@\n-a\n-b');
  });

  it('tells that a last line has no newline', () => {
    expect(compareLines('a\n', 'a').diff).toBe('@@ -1,1 +1,1 @@\n-a\n+a\n\\ No newline at end of file');
  });

  it('keeps two changes that are far apart in two pieces', () => {
    const lines = Array.from({ length: 30 }, (_, index) => `line ${index}`);
    const after = lines.with(2, 'second').with(25, 'later');
    const { diff } = compareLines(`${lines.join('\n')}\n`, `${after.join('\n')}\n`);
    expect(diff.match(/^@@/gm)).toHaveLength(2);
  });

  it('gives up on what stayed where nearly all differs, and counts all the same', () => {
    const side = (mark: string) => Array.from({ length: 3_000 }, (_, index) => `${mark} ${index}\n`).join('');
    const { addedLines, removedLines } = compareLines(side('old'), side('new'));
    expect({ addedLines, removedLines }).toEqual({ addedLines: 3_000, removedLines: 3_000 });
  });

  it.each(Array.from({ length: 20 }, (_, seed) => seed))('is what git would apply, seed %i', (seed) => {
    const random = generator(seed);
    const before = someLines(random);
    const after = before.flatMap((line) => (random() < 0.2 ? [] : random() < 0.2 ? [line, someLine(random)] : [line]));
    expect(applied(before.join(''), after.join(''))).toBe(after.join(''));
  });
});

/** What git makes of the older text with our diff. */
function applied(before: string, after: string): string {
  const { diff } = compareLines(before, after);
  if (diff === '') return before;
  const folder = tempFolder();
  const file = join(folder, 'text');
  writeFileSync(file, before);
  const patch = `--- a/text\n+++ b/text\n${diff}\n`;
  const { stderr, status } = spawnSync('git', ['apply', '--unidiff-zero'], { cwd: folder, input: patch });
  expect({ status, stderr: stderr.toString() }).toEqual({ status: 0, stderr: '' });
  return spawnSync('cat', [file], { encoding: 'utf8' }).stdout;
}

function someLines(random: () => number): string[] {
  return Array.from({ length: 5 + Math.floor(random() * 60) }, () => someLine(random));
}

/** Few different lines, so that they come again. */
function someLine(random: () => number): string {
  return `line ${Math.floor(random() * 8)}\n`;
}

function generator(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
