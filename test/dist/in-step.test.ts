import { join } from 'node:path';
import { expect, it } from 'vitest';
import { environmentNames, loadEnvironment } from '../../environments/schema/load-environment.ts';
import { describeDrift, findDrift } from '../../generators/diff-dist.ts';
import { renderEnvironments } from '../../generators/render.ts';

const ROOT = join(import.meta.dirname, '../..');

// A key that has ended since the last commit is for `npm run check` to tell, so no key has ended here.
const LONG_AGO = new Date(0);

it('the committed dist/ is what environments/ and generators/ render', () => {
  const folder = join(ROOT, 'environments');
  const loaded = environmentNames(folder).map((name) => loadEnvironment(join(folder, name), { now: LONG_AGO }));
  const environments = loaded.flatMap(({ environment }) => environment ?? []);
  const rendering = renderEnvironments(environments);

  const drift = findDrift(join(ROOT, 'dist'), rendering.files);

  expect(environments).toHaveLength(loaded.length);
  expect(rendering.problems).toEqual([]);
  expect(drift === undefined ? '' : describeDrift(drift)).toBe('');
});
