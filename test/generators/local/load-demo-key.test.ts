import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isOurKey } from '../../../environments/schema/key-format.ts';
import { loadDemoKey } from '../../../generators/local/load-demo-key.ts';
import { tempFolder } from '../../support/temp-folder.ts';

it('makes a key that only its owner reads, and gives the same one ever after', () => {
  const folder = tempFolder();

  const key = loadDemoKey(folder);

  expect(isOurKey(key)).toBe(true);
  expect(statSync(join(folder, 'demo-key')).mode & 0o777).toBe(0o600);
  expect(loadDemoKey(folder)).toBe(key);
});

it('refuses a file that holds no key, and neither repeats nor replaces it', () => {
  const folder = tempFolder();
  const file = join(folder, 'demo-key');
  writeFileSync(file, 'half a k');

  expect(() => loadDemoKey(folder)).toThrow(`${file} holds no key: remove it, and the next start makes a new one`);
  expect(readFileSync(file, 'utf8')).toBe('half a k');
});
