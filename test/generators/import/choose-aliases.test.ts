import { describe, expect, test } from 'vitest';
import { Alias } from '../../../environments/schema/identifiers.ts';
import { aliasChooser } from '../../../generators/import/choose-aliases.ts';

describe('aliases of an import', () => {
  test.each([
    ['search-api', 'search-api'],
    ['Data Science (EU)', 'data-science-eu'],
    ['_private', 'private'],
    ['Größe', 'gro-e'],
    ['***', 'fallback'],
    ['', 'fallback'],
    ['x'.repeat(80), 'x'.repeat(63)],
  ])('%j becomes %j', (wanted, alias) => {
    const chosen = aliasChooser([])(wanted, 'fallback');

    expect(chosen).toBe(alias);
    expect(Alias.safeParse(chosen).success).toBe(true);
  });

  test('are never given twice, nor one that others have', () => {
    const choose = aliasChooser(['taken']);

    expect(['Taken', 'taken', 'free', 'free', 'y'.repeat(70), 'y'.repeat(70)].map((name) => choose(name, 'x'))).toEqual(
      ['taken-2', 'taken-3', 'free', 'free-2', 'y'.repeat(63), `${'y'.repeat(61)}-2`],
    );
  });
});
