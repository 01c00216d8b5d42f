import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { setValue } from '../../../generators/edit-yaml/set-value.ts';

const TEXT = `# an environment
name: dev
repository: { url: https://example.com/a }   # where
cluster:
  tier: Standard   # paid

  pool: { min: 1, max: 2 }    # nodes

# who comes in
host_names: [ llm.example.com ]
`;
const ORDER = ['name', 'repository', 'network', 'cluster', 'host_names'];

describe('setValue', () => {
  test.each([
    ['a value', ['name'], 'staging', ['name: dev', 'name: staging']],
    [
      'a list in brackets',
      ['host_names'],
      ['a.example.com', 'b.example.com'],
      ['[ llm.example.com ]', '[a.example.com, b.example.com]'],
    ],
    ['one of several fields on a line', ['cluster', 'pool', 'max'], 9, ['max: 2', 'max: 9']],
    ['a field that the line does not have', ['cluster', 'pool', 'size'], 'D4', ['max: 2 }', 'max: 2, size: D4 }']],
    [
      'a field that the block does not have',
      ['cluster', 'zones'],
      [1, 2],
      ['   # nodes\n', '   # nodes\n  zones: [1, 2]\n'],
    ],
    [
      'a key that the file does not have, at its place',
      ['network', 'address_space'],
      '10.31.0.0/16',
      ['# where\n', '# where\nnetwork: { address_space: 10.31.0.0/16 }\n'],
    ],
    [
      'a key with blocks in it, as a block',
      ['network'],
      { space: 'a', subnets: { aks: 'b' } },
      ['# where\n', '# where\nnetwork:\n  space: a\n  subnets: { aks: b }\n'],
    ],
    [
      'a key that has no place, at the end',
      ['alerts'],
      { emails: [] },
      ['llm.example.com ]\n', 'llm.example.com ]\nalerts:\n  emails: []\n'],
    ],
    ['text that would be a number, in quotes', ['name'], '1', ['name: dev', 'name: "1"']],
    ['text that would be a date, in quotes', ['name'], '2026-03-17', ['name: dev', 'name: "2026-03-17"']],
    ['a price without an exponent', ['name'], 6e-7, ['name: dev', 'name: 0.0000006']],
  ] as const)('sets %s and touches nothing else', (_, path, value, [from, to]) => {
    expect(setValue(TEXT, path, value, ORDER)).toBe(TEXT.replace(from, to));
  });

  test('writes the whole anew, with its comments, where a block gives way to something else', () => {
    const text = setValue(TEXT, ['cluster'], { tier: 'Free' });

    expect(parse(text)).toEqual({ ...(parse(TEXT) as object), cluster: { tier: 'Free' } });
    for (const comment of ['# an environment', '# where', '# who comes in']) expect(text).toContain(comment);
  });
});
