import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { whyMadeUp } from '../../../environments/schema/digest-shape.ts';

describe('whyMadeUp', () => {
  test.each([
    ['0'.repeat(64), 'repeats one digit'],
    ['0123456789abcdef'.repeat(4), 'counts'],
    ['fedcba9876543210'.repeat(4), 'counts'],
    ['9876543210'.repeat(7).slice(0, 64), 'counts'],
    ['a1'.repeat(32), 'repeats itself'],
    ['0123456789abcdef0f1e2d3c4b5a6978'.repeat(2), 'repeats itself'],
    [`${'0'.repeat(60)}cafe`, 'has too few digits that differ'],
    [createHash('sha256').digest('hex'), 'is the digest of nothing'],
  ])('%s %s', (hex, finding) => {
    expect(whyMadeUp(`sha256:${hex}`)).toBe(finding);
  });

  test('finds nothing in real digests, nor in the word unresolved', () => {
    const digests = Array.from({ length: 2_000 }, (_, index) =>
      createHash('sha256').update(String(index)).digest('hex'),
    );

    expect(digests.filter((hex) => whyMadeUp(`sha256:${hex}`) !== undefined)).toEqual([]);
    expect(whyMadeUp('unresolved')).toBeUndefined();
  });
});
