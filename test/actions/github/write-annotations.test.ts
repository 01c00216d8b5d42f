import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runCommand } from '../../support/run-command.ts';

const MODULE = join(import.meta.dirname, '../../../.github/actions/github/write-annotations.ts');

it('marks the first nine mistakes of each level, since GitHub drops those after the tenth, and counts the others', async () => {
  const lines = await write([...marks('error', 12), ...marks('warning', 2)]);
  expect(lines.slice(0, 9)).toEqual(lines.slice(0, 9).map((_, i) => `::error file=a.yaml,line=${i + 1},col=2::wrong`));
  expect(lines.slice(9)).toEqual([
    '::notice::and 3 more errors: see the summary',
    '::warning file=a.yaml,line=1,col=2::wrong',
    '::warning file=a.yaml,line=2,col=2::wrong',
  ]);
});

it('does not show a credential that is the name of a file', async () => {
  const [mark] = marks('error', 1);

  const lines = await write([{ ...mark, file: `keys/sk-${'a1'.repeat(12)}.yaml` }]);

  expect(lines).toEqual(['::error file=keys/(a secret).yaml,line=1,col=2::wrong']);
});

function marks(level: string, count: number) {
  return Array.from({ length: count }, (_, index) => ({
    level,
    file: 'a.yaml',
    line: index + 1,
    column: 2,
    message: 'wrong',
  }));
}

async function write(annotations: readonly object[]): Promise<string[]> {
  const script = `
    const { writeAnnotations } = await import(${JSON.stringify(MODULE)});
    writeAnnotations(${JSON.stringify(annotations)}, 'see the summary');`;
  const { stdout } = await runCommand(['--input-type=module', '--eval', script]);
  return stdout.trim().split('\n');
}
