import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSecretFiles } from '../../../proxy/config/read-secret-files.ts';
import { swapFiles } from '../../../generators/local-cluster/swap-files.ts';
import { tempFolder } from '../../support/temp-folder.ts';

async function read(folder: string): Promise<Record<string, unknown>> {
  return Object.fromEntries(await readSecretFiles(folder));
}

describe('readSecretFiles', () => {
  it('reads files that lead through ..data as the kubelet makes them', async () => {
    const folder = tempFolder();
    swapFiles(folder, { OPENAI_API_KEY: 'one', REDIS_PASSWORD: 'two' });
    expect(await read(folder)).toEqual({ OPENAI_API_KEY: { value: 'one' }, REDIS_PASSWORD: { value: 'two' } });
  });

  it('takes newlines off the end and leaves every other byte', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'UNIX'), ' a b\n');
    writeFileSync(join(folder, 'WINDOWS'), 'a\r\nb\r\n\r\n');
    expect(await read(folder)).toEqual({ UNIX: { value: ' a b' }, WINDOWS: { value: 'a\r\nb' } });
  });

  it('sees only files whose name can be a variable’s', async () => {
    const folder = tempFolder();
    for (const name of ['..hidden', '.env', 'tls.crt', 'a-b', '1ST', 'GOOD_1']) writeFileSync(join(folder, name), 'x');
    mkdirSync(join(folder, 'FOLDER'));
    symlinkSync('nowhere', join(folder, 'DANGLING'));
    execFileSync('mkfifo', [join(folder, 'PIPE')]);
    expect(await read(folder)).toEqual({ GOOD_1: { value: 'x' } });
  });

  it('does not take a file of more than 64 KiB, and says so without its text', async () => {
    const folder = tempFolder();
    const file = join(folder, 'LARGE');
    writeFileSync(file, 'x'.repeat(65_537));
    expect(await read(folder)).toEqual({
      LARGE: { problem: `${file} has 65537 bytes, 65536 is the most for a secret` },
    });
  });

  it('never mixes two generations', async () => {
    const folder = tempFolder();
    const names = Array.from({ length: 60 }, (_, index) => `SECRET_${index}`);
    const generation = (number: number) => Object.fromEntries(names.map((name) => [name, `generation ${number}`]));
    swapFiles(folder, generation(0));
    // The swaps come at different moments of the reading.
    for (let number = 1; number <= 20; number += 1) {
      const reading = readSecretFiles(folder);
      for (let turn = 0; turn < 2 ** (number % 10); turn += 1) await new Promise(setImmediate);
      swapFiles(folder, generation(number));
      const values = [...(await reading).values()].map((file) => ('value' in file ? file.value : file.problem));
      expect(values).toHaveLength(names.length);
      expect(new Set(values).size).toBe(1);
    }
  }, 20_000);

  it('names the variable and the folder that is not there', async () => {
    await expect(readSecretFiles('/nowhere/secrets')).rejects.toThrow(
      'TOLLGATE_SECRETS_DIR is /nowhere/secrets, which cannot be read (ENOENT): name a folder with one file per secret',
    );
  });
});
