import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { describeDrift, findDrift } from '../../generators/diff-dist.ts';
import { committedResources } from '../../generators/infrastructure/evaluate-infrastructure.ts';
import { DIST } from './manifests.ts';
import { renderAuthored } from './render-authored.ts';

const { files, infrastructure, problems } = renderAuthored();

describe('the committed dist/', () => {
  it('is what environments/ and generators/ render', () => {
    // What infra/ makes of it is compared in infra-in-step.test.ts, which needs a compiler.
    const drift = findDrift(DIST, new Map([...files, ...committedResources(DIST, infrastructure)]));

    expect(problems).toEqual([]);
    expect(drift === undefined ? '' : describeDrift(drift)).toBe('');
  });

  it('has the same bytes when it is rendered twice', () => {
    expect([...renderAuthored().files]).toEqual([...files]);
  });

  it.each([
    ['from another folder', '/', {}],
    ['where it is tomorrow already', process.cwd(), { TZ: 'Pacific/Kiritimati' }],
    ['where i has a capital of its own and commas are points', process.cwd(), { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR' }],
    ['with no variable at all', process.cwd(), undefined],
  ])('has the same bytes when it is rendered %s', (_where, cwd, variables) => {
    const module = pathToFileURL(join(import.meta.dirname, 'render-authored.ts')).href;
    const code = `const { renderAuthored } = await import(${JSON.stringify(module)});
      process.stdout.write(JSON.stringify([...renderAuthored().files]));`;

    const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', code], {
      cwd,
      env: variables === undefined ? {} : { ...process.env, ...variables },
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });

    expect(JSON.parse(printed)).toEqual([...files]);
  });
});
