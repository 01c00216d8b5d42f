import { describe, expect, it } from 'vitest';
import { commentOf, COMMENT_LIMIT } from '../../../generators/plan/cut-comment.ts';

const GITHUBS_LIMIT = 65_536;
const wholeAt = '[the summary](https://github.com/example/tollgate/actions/runs/1)';

describe('commentOf', () => {
  it('is all of it where that fits', () => {
    const sections = [
      { title: 'One', markdown: 'first' },
      { title: 'Two', markdown: 'second' },
    ];
    expect(commentOf(sections, { wholeAt })).toBe('### One\n\nfirst\n\n### Two\n\nsecond\n');
  });

  it('ends between two sections, and says what is missing and where it is', () => {
    const sections = ['One', 'Two', 'Three'].map((title) => ({ title, markdown: 'x'.repeat(30_000) }));
    const comment = commentOf(sections, { wholeAt });
    expect(comment.length).toBeLessThanOrEqual(COMMENT_LIMIT);
    expect(comment).toContain('### One');
    expect(comment).not.toContain('### Two');
    expect(comment.trim().split('\n').at(-1)).toBe(
      `**This is not all of it.** Too long for a comment, and left out: Two; Three. The whole is in ${wholeAt}.`,
    );
  });

  it('cuts a first section that is too long by lines, with nothing left open', () => {
    const diff = Array.from({ length: 2_000 }, (_, index) => `+ line ${index} 😀`).join('\n');
    const fold = `<details><summary>x</summary>\n\n\`\`\`\`diff\n${diff}\n \`\`\`\n\`\`\`\`\n\n</details>`;
    const comment = commentOf([{ title: 'One', markdown: `before\n\n${fold}\n\n${fold}\n\n${fold}` }], { wholeAt });
    expect(comment.length).toBeLessThanOrEqual(COMMENT_LIMIT);
    expect(comment).toContain('before');
    expect(comment.match(/<details>/g)?.length).toBe(comment.match(/<\/details>/g)?.length);
    expect((comment.match(/^`{4}/gm) ?? []).length % 2).toBe(0);
  });

  it.each([2_000, 2_001, 2_002, 2_003])('never cuts a character in two, at %i', (limit) => {
    const sections = [
      { title: 'One', markdown: '😀'.repeat(10_000) },
      { title: 'Two', markdown: 'x' },
    ];
    const comment = commentOf(sections, { limit, wholeAt });
    expect(comment.isWellFormed()).toBe(true);
    expect(comment.length).toBeLessThanOrEqual(limit);
  });

  it('stays below what GitHub takes with hundreds of sections of long titles', () => {
    const sections = Array.from({ length: 500 }, (_, index) => ({
      title: `${index} ${'long '.repeat(200)}`,
      markdown: 'x'.repeat(1_000),
    }));
    expect(commentOf(sections, { wholeAt }).length).toBeLessThan(GITHUBS_LIMIT);
  });
});
