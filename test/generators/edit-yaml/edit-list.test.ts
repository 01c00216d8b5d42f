import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { VirtualKey } from '../../../environments/schema/virtual-key.ts';
import { appendItem, removeItem } from '../../../generators/edit-yaml/edit-list.ts';
import { keyNode } from '../../../generators/keys/key-node.ts';

const [A, B, C] = ['a', 'b', 'c'].map((digit) => `sha256:${digit.repeat(64)}`) as [string, string, string];

const TEAM = `# who pays
team_alias: search   # the search team
owners: [ a@example.com,b@example.com ]
virtual_keys:   # by age

  # the website
  - key_alias: web      # old
    hashes:             # one or two
      - ${A}   # laptop

  # the nightly job
  - hashes: [${B}]
    key_alias: batch
# the end
`;

const NEW_KEY = { key_alias: 'new', models: ['m', 'n'], expires: '2027-06-30', hashes: [C] };

const appendKey = (text: string, key: VirtualKey) => appendItem(text, ['virtual_keys'], keyNode(key));
const appendHash = (text: string, index: number, hash: string) =>
  appendItem(text, ['virtual_keys', index, 'hashes'], hash);
const removeKey = (text: string, index: number) => removeItem(text, ['virtual_keys'], index);

describe('appendItem of a key', () => {
  test('adds lines after the last key and touches no other', () => {
    expect(appendKey(TEAM, NEW_KEY)).toBe(
      TEAM.replace(
        '    key_alias: batch\n',
        `    key_alias: batch
  - key_alias: new
    models: [m, n]
    expires: 2027-06-30
    hashes:
      - ${C}
`,
      ),
    );
  });

  test('turns an empty list into one of keys, and its comment stays where it was', () => {
    const text = 'team_alias: a\nvirtual_keys: []     # none yet\nmax_budget: 5\n';

    expect(appendKey(text, { key_alias: 'new', hashes: [C] })).toBe(
      `team_alias: a\nvirtual_keys:        # none yet\n  - key_alias: new\n    hashes:\n      - ${C}\nmax_budget: 5\n`,
    );
  });

  test.each([
    ['a file without a last line end', 'virtual_keys:\n- key_alias: a\n  hashes: [x]'],
    ['an empty list over two lines', 'virtual_keys: [\n]\nmax_budget: 5\n'],
    ['a list in brackets', 'virtual_keys: [{ key_alias: a, hashes: [x] }]   # one\n'],
    ['Windows line ends', 'virtual_keys:\r\n  - key_alias: a\r\n    hashes: [x]\r\nmax_budget: 5\r\n'],
    ['a key on a line of its own', 'virtual_keys:\n  -\n    key_alias: a\n    hashes: [x]\nmax_budget: 5\n'],
    ['a list that is empty on the next line', 'virtual_keys:\n  []\nmax_budget: 5\n'],
  ])('gives what was asked for in %s', (_, text) => {
    const before = parse(text) as { virtual_keys: unknown[] };

    const after: unknown = parse(appendKey(text, NEW_KEY));

    expect(after).toEqual({ ...before, virtual_keys: [...before.virtual_keys, NEW_KEY] });
  });
});

describe('appendItem of a hash', () => {
  test('adds one line below the hash that the key has', () => {
    expect(appendHash(TEAM, 0, C)).toBe(TEAM.replace('# laptop\n', `# laptop\n      - ${C}\n`));
  });

  test('adds to a list in brackets within them', () => {
    expect(appendHash(TEAM, 1, C)).toBe(TEAM.replace(`[${B}]`, `[${B}, ${C}]`));
  });
});

describe('removeItem of a key', () => {
  test('takes the lines of the key and the comment above it', () => {
    expect(removeKey(TEAM, 1)).toBe(TEAM.replace(/ {2}# the nightly job\n.*\n.*\n/, ''));
    expect(removeKey(TEAM, 0)).toBe(TEAM.replace(/ {2}# the website\n.*\n.*\n.*\n/, ''));
  });

  test('leaves an empty list where the last key was', () => {
    const text = 'virtual_keys:        # none yet\n  - key_alias: a\n    hashes: [x]\nmax_budget: 5\n';

    expect(removeKey(text, 0)).toBe('virtual_keys: []     # none yet\nmax_budget: 5\n');
  });

  test('is undone by nothing but its opposite: a key that was added and removed leaves no trace', () => {
    const text = 'team_alias: a\nvirtual_keys: []                # none yet\n';

    expect(removeKey(appendKey(text, NEW_KEY), 0)).toBe(text);
    expect(removeKey(appendKey(TEAM, NEW_KEY), 2)).toBe(TEAM);
  });
});

describe('removeItem of a hash', () => {
  test('takes the first line of two', () => {
    expect(removeItem(appendHash(TEAM, 0, C), ['virtual_keys', 0, 'hashes'], 0)).toBe(
      TEAM.replace(`${A}   # laptop`, C),
    );
  });
});

describe('appendItem of a block', () => {
  test('stands on one line where the list is in brackets', () => {
    const text = 'openai: { deployments: [{ name: a, capacity: 1 }] }   # aside\nname: dev\n';

    expect(appendItem(text, ['openai', 'deployments'], { name: 'b', capacity: 2 })).toBe(
      text.replace('1 }]', '1 }, { name: b, capacity: 2 }]'),
    );
  });

  test('refuses a place that is no list', () => {
    expect(() => appendItem('models: 5\n', ['models'], 'a')).toThrow('models is not a list');
  });
});
