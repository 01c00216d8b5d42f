import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FIXTURES, problemsOf, scratchEnvironments } from './scratch-environments.ts';

// Each folder of broken/ is laid over the sound environments; its expected.txt holds every problem, word for word.
const BROKEN = join(FIXTURES, 'broken');

describe('a broken environment', () => {
  test.each(readdirSync(BROKEN))('%s is told with every place and fix', (name) => {
    const overlay = join(BROKEN, name);

    const problems = problemsOf(scratchEnvironments(overlay));

    expect(problems).toEqual(readFileSync(join(overlay, 'expected.txt'), 'utf8').trimEnd().split('\n'));
  });

  test('is shown by enough examples', () => {
    expect(readdirSync(BROKEN).length).toBeGreaterThanOrEqual(100);
  });
});
