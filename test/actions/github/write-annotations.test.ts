import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runCommand } from '../../support/run-command.ts';

const MODULE = join(import.meta.dirname, '../../../.github/actions/github/write-annotations.ts');

it('marks the first nine mistakes of each level, since GitHub drops those after the tenth, and counts the others', async () => {
  const script = `
    const { writeAnnotations } = await import(${JSON.stringify(MODULE)});
    const of = (level, count) => Array.from({ length: count }, (_, i) => ({ level, file: 'a.yaml', line: i + 1, column: 2, message: 'wrong' }));
    writeAnnotations([...of('error', 12), ...of('warning', 2)], 'see the summary');`;
  const { stdout } = await runCommand(['--input-type=module', '--eval', script]);
  const lines = stdout.trim().split('\n');
  expect(lines.slice(0, 9)).toEqual(lines.slice(0, 9).map((_, i) => `::error file=a.yaml,line=${i + 1},col=2::wrong`));
  expect(lines.slice(9)).toEqual([
    '::notice::and 3 more errors: see the summary',
    '::warning file=a.yaml,line=1,col=2::wrong',
    '::warning file=a.yaml,line=2,col=2::wrong',
  ]);
});
