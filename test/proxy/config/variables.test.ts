import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Variables } from '../../../proxy/config/variables.ts';
import { swapFiles } from '../../../generators/local-cluster/swap-files.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** What a watch was told, in its order. */
function watch(variables: Variables, onChanged: () => Promise<unknown>): string[] {
  const told: string[] = [];
  const watcher = variables.watch({
    async changed(names) {
      told.push(names.join(' '));
      await onChanged();
    },
    unreadable: ({ message }) => told.push(message),
  });
  onTestFinished(() => watcher.close());
  return told;
}

/** Reads as a configuration with these references does. */
async function readAll(variables: Variables, names: readonly string[]): Promise<(string | undefined)[]> {
  const find = await variables.read();
  return names.map(find);
}

describe('Variables', () => {
  it('give a variable before a file, and a file where the variable is empty or not set', async () => {
    const folder = tempFolder();
    swapFiles(folder, { BOTH: 'file', EMPTY: 'file', FILE: 'file\n' });
    const set: Record<string, string> = { BOTH: 'variable', EMPTY: '' };
    const variables = new Variables((name) => set[name], folder);
    expect(await readAll(variables, ['BOTH', 'EMPTY', 'FILE', 'NONE', '../FILE', '..data/FILE'])).toEqual([
      'variable',
      'file',
      'file',
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('are those of the process alone without a folder', async () => {
    const variables = new Variables((name) => (name === 'HERE' ? 'value' : undefined), undefined);
    expect(await readAll(variables, ['HERE', 'NONE'])).toEqual(['value', undefined]);
    variables.watch({ changed: () => Promise.resolve(), unreadable: () => undefined }).close();
  });

  it('refuse a file that cannot be used only where it is asked for', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'LARGE'), 'x'.repeat(65_537));
    writeFileSync(join(folder, 'SMALL'), 'x');
    expect(await readAll(new Variables(() => undefined, folder), ['SMALL'])).toEqual(['x']);
    expect(await readAll(new Variables(() => 'variable', folder), ['LARGE'])).toEqual(['variable']);
    await expect(readAll(new Variables(() => undefined, folder), ['LARGE'])).rejects.toThrow('LARGE has 65537 bytes');
  });

  it('tell each swap that changes what was asked for, by name', async () => {
    const folder = tempFolder();
    swapFiles(folder, { ASKED: 'swap 0', OTHER: 'swap 0' });
    const variables = new Variables(() => undefined, folder);
    const readAsked = () => readAll(variables, ['ASKED', 'LATER']);
    await readAsked();
    const told = watch(variables, readAsked);

    for (let swap = 1; swap <= 3; swap += 1) {
      swapFiles(folder, { ASKED: `swap ${swap}`, OTHER: `swap ${swap}` });
      await expect.poll(() => told, { timeout: 4_000 }).toHaveLength(swap);
      expect(await readAsked()).toEqual([`swap ${swap}`, undefined]);
    }
    swapFiles(folder, { ASKED: 'swap 3', OTHER: 'unlike', LATER: 'here' });
    await expect.poll(() => told, { timeout: 4_000 }).toEqual(['ASKED', 'ASKED', 'ASKED', 'LATER']);
  });

  it('tell a swap that came between the reading and the watching', async () => {
    const folder = tempFolder();
    swapFiles(folder, { ASKED: 'before' });
    const variables = new Variables(() => undefined, folder);
    await readAll(variables, ['ASKED']);
    swapFiles(folder, { ASKED: 'after' });
    const told = watch(variables, () => readAll(variables, ['ASKED']));
    await expect.poll(() => told).toEqual(['ASKED']);
  });

  it('tell nothing of a variable that hides the file', async () => {
    const folder = tempFolder();
    swapFiles(folder, { HIDDEN: 'one', SEEN: 'one' });
    const variables = new Variables((name) => (name === 'HIDDEN' ? 'variable' : undefined), folder);
    const read = () => readAll(variables, ['HIDDEN', 'SEEN']);
    await read();
    const told = watch(variables, read);
    swapFiles(folder, { HIDDEN: 'two', SEEN: 'two' });
    await expect.poll(() => told).toEqual(['SEEN']);
  });

  it('tell once that the folder went away, and see the one that takes its place', async () => {
    const folder = join(tempFolder(), 'secrets');
    const next = `${folder}-next`;
    swapFiles(folder, { ASKED: 'before' });
    swapFiles(next, { ASKED: 'after' });
    const variables = new Variables(() => undefined, folder);
    const read = () => readAll(variables, ['ASKED']);
    await read();
    const told = watch(variables, read);
    swapFiles(folder, { ASKED: 'while it was there' });
    await expect.poll(() => told, { timeout: 4_000 }).toHaveLength(1);
    rmSync(folder, { recursive: true });
    await expect.poll(() => told, { timeout: 4_000 }).toHaveLength(2);

    renameSync(next, folder);

    const expected = ['ASKED', expect.stringContaining('cannot be read') as string, 'ASKED'];
    await expect.poll(() => told, { timeout: 10_000 }).toEqual(expected);
    swapFiles(folder, { ASKED: 'once more' });
    await expect.poll(() => told, { timeout: 4_000 }).toEqual([...expected, 'ASKED']);
  }, 20_000);

  it('tell that the folder is back to whoever could not read it meanwhile, though nothing in it changed', async () => {
    const folder = join(tempFolder(), 'secrets');
    swapFiles(folder, { ASKED: 'same' });
    const variables = new Variables(() => undefined, folder);
    const read = () => readAll(variables, ['ASKED']);
    await read();
    const told = watch(variables, read);
    renameSync(folder, `${folder}-away`);
    await expect(read()).rejects.toThrow('cannot be read');

    renameSync(`${folder}-away`, folder);

    await expect.poll(() => told.at(-1), { timeout: 10_000 }).toBe('');
    expect(await read()).toEqual(['same']);
  }, 20_000);
});
