import { describe, expect, it } from 'vitest';
import { fitIntoSummary, MOST_SUMMARY_BYTES } from '../../../.github/actions/github/write-job-summary.ts';

describe('fitIntoSummary', () => {
  it('leaves a text alone that GitHub shows', () => {
    expect(fitIntoSummary('# A plan\n')).toBe('# A plan\n');
  });

  it('cuts a longer one at the end of a line, measured in bytes', () => {
    const fitted = fitIntoSummary('äöü€😀\n'.repeat(100_000));
    expect(Buffer.byteLength(fitted)).toBeLessThan(MOST_SUMMARY_BYTES);
    expect(fitted).toMatch(/äöü€😀\n\n\(cut here: GitHub shows no longer summary\)\n$/);
  });
});
