import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { bundleActions, findStaleBundles } from '../../generators/bundle-actions.ts';
import { tempFolder } from '../support/temp-folder.ts';

const ROOT = join(import.meta.dirname, '../..');
const ACTIONS = join(ROOT, '.github/actions');
const names = readdirSync(ACTIONS).filter((name) => existsSync(join(ACTIONS, name, 'action.yml')));

describe.each(names)('the action %s', (name) => {
  const action = parse(readFileSync(join(ACTIONS, name, 'action.yml'), 'utf8')) as {
    inputs: Record<string, { description: string; required?: boolean; default?: string }>;
    outputs?: Record<string, { description: string }>;
    runs: object;
  };
  const code = readFileSync(join(ACTIONS, name, 'index.ts'), 'utf8');

  it('reads the inputs that it declares, as strictly as it declares them', () => {
    const declared = Object.entries(action.inputs).map(([input, { required }]) => `${input} ${required === true}`);
    const read = [...code.matchAll(/getInput\('([^']+)'(, \{ required: true \})?\)/g)];
    expect(new Set(read.map(([, input, required]) => `${input} ${required !== undefined}`))).toEqual(new Set(declared));
  });

  it('sets the outputs that it declares', () => {
    const set = [...code.matchAll(/setOutput\('([^']+)'/g)].map((match) => match[1] ?? '');
    expect(new Set(set)).toEqual(new Set(Object.keys(action.outputs ?? {})));
  });

  it('fails in one place, and runs its bundle on node24', () => {
    expect(code.match(/setFailed\(/g)).toHaveLength(1);
    expect(action.runs).toEqual({ using: 'node24', main: 'dist/index.js' });
  });
});

describe('bundleActions', () => {
  it('gives the bundles that are committed', async () => {
    expect(findStaleBundles(ROOT, await bundleActions(ROOT))).toEqual([]);
  });

  it('gives the same bytes wherever the repository lies, and names a bundle that is out of step', async () => {
    const copy = tempFolder();
    for (const path of [
      '.github/actions',
      'generators',
      'environments/schema',
      'infra',
      'package.json',
      'tsconfig.json',
    ])
      cpSync(join(ROOT, path), join(copy, path), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
    const bundles = await bundleActions(copy);
    expect(bundles).toEqual(await bundleActions(ROOT));

    writeFileSync(join(copy, '.github/actions/commit-dist/dist/index.js'), '');
    expect(findStaleBundles(copy, bundles)).toContain('.github/actions/commit-dist/dist/index.js');
  });
});
