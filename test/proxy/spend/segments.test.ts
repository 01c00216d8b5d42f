import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { linesOf, listSegments, readSegment } from '../../../proxy/spend/segments.ts';
import { tempFolder } from '../../support/temp-folder.ts';

async function read(text: string): Promise<{ slices: string[][]; torn: number }> {
  const file = join(tempFolder(), 'segment');
  writeFileSync(file, text);
  const slices: string[][] = [];
  let torn = 0;
  for await (const slice of readSegment(file, () => (torn += 1))) slices.push(linesOf(slice));
  return { slices, torn };
}

describe('listSegments', () => {
  it('gives the oldest first and leaves other files alone', () => {
    const folder = tempFolder();
    for (const name of ['000000000000020.ndjson', '000000000000003.ndjson', 'refused.ndjson', 'notes.txt'])
      writeFileSync(join(folder, name), 'row\n');
    expect(listSegments(folder).map(({ number, bytes }) => [number, bytes])).toEqual([
      [3, 4],
      [20, 4],
    ]);
  });

  it('makes the folder', () => {
    const folder = join(tempFolder(), 'a', 'b');
    expect(listSegments(folder)).toEqual([]);
    expect(() => mkdirSync(folder)).toThrow('EEXIST');
  });
});

describe('readSegment', () => {
  it('gives whole lines in their order, however the slices fall', async () => {
    const lines = Array.from({ length: 5_000 }, (_, index) => `${index} ${'é€😀'.repeat(index % 40)}`);
    const { slices, torn } = await read(`${lines.join('\n')}\n`);
    expect(slices.length).toBeGreaterThan(1);
    expect(slices.flat()).toEqual(lines);
    expect(torn).toBe(0);
  });

  it('gives a line that is longer than a slice', async () => {
    const lines = ['short', 'x'.repeat(700_000), 'short again'];
    const { slices } = await read(`${lines.join('\n')}\n`);
    expect(slices.flat()).toEqual(lines);
  });

  it('leaves out a last line without an end, and tells', async () => {
    const { slices, torn } = await read('whole\nto');
    expect(slices).toEqual([['whole']]);
    expect(torn).toBe(1);
  });

  it('gives nothing for an empty file', async () => {
    expect(await read('')).toEqual({ slices: [], torn: 0 });
  });
});
