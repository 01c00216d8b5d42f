import { describe, expect, it } from 'vitest';
import { printEnvironment } from '../../../generators/plan/print-environment.ts';
import { changeBy, shownRefusals, soundText, type Edit } from './compare-edits.ts';

const SEARCH = 'dev/keys/search.yaml';
const ML = 'dev/keys/ml.yaml';
const HASH = 'sha256:dd8939c47e48287b0731b73ba04ba29bfd0afc8da60b340f4576de4cfbffaa31';
const OTHER_HASH = `sha256:${'0'.repeat(64)}`;

/** Edits, what becomes of keys by them, and who is refused at once. */
const EDITED_KEYS: readonly {
  title: string;
  edits: readonly Edit[];
  keys: readonly string[];
  refused: readonly string[];
}[] = [
  {
    title: 'a second hash begins a rotation',
    edits: [{ file: SEARCH, from: `- ${HASH}`, to: `- ${HASH}\n      - ${OTHER_HASH}` }],
    keys: ['search-api rotating'],
    refused: [],
  },
  {
    title: 'a rotation ends where the older hash goes',
    edits: [
      { file: ML, from: '      - sha256:2135dd6f0eaaa9e5ac33e22536e5416ed7ecd1cf5ad53a16ec1bae32b138fb5a\n', to: '' },
    ],
    keys: ['ml-notebooks rotated'],
    refused: ['ml/ml-notebooks no longer works with its old secret'],
  },
  {
    title: 'a hash in place of another ends the old secret at once',
    edits: [{ file: SEARCH, from: HASH, to: OTHER_HASH }],
    keys: ['search-api rotated'],
    refused: ['search/search-api has another secret at once'],
  },
  {
    title: 'a key that is left out is revoked',
    edits: [{ file: ML, from: /virtual_keys:[\s\S]*/.exec(soundText(ML))?.[0] ?? '', to: 'virtual_keys: []\n' }],
    keys: ['ml-notebooks revoked'],
    refused: ['ml/ml-notebooks is revoked'],
  },
  {
    title: 'a key by another alias goes on working',
    edits: [{ file: SEARCH, from: 'key_alias: search-api', to: 'key_alias: search-web' }],
    keys: ['search-web renamed'],
    refused: [],
  },
  {
    title: 'a key whose name another secret takes goes on working under its new name',
    edits: [
      {
        file: SEARCH,
        from: `    hashes:\n      - ${HASH}`,
        to: `    hashes:\n      - ${OTHER_HASH}\n  - key_alias: search-web\n    hashes:\n      - ${HASH}`,
      },
    ],
    keys: ['search-api added', 'search-web renamed'],
    refused: [],
  },
  {
    title: 'a key whose secret another key takes goes on working as part of that',
    edits: [
      { file: ML, from: /virtual_keys:[\s\S]*/.exec(soundText(ML))?.[0] ?? '', to: 'virtual_keys: []\n' },
      {
        file: SEARCH,
        from: `- ${HASH}`,
        to: `- ${HASH}\n      - sha256:2135dd6f0eaaa9e5ac33e22536e5416ed7ecd1cf5ad53a16ec1bae32b138fb5a`,
      },
    ],
    keys: ['search-api rotating', 'search-api merged'],
    refused: [
      'search/search-api no longer works with its old secret',
      'search/search-api may no longer use gpt-4o-mini',
    ],
  },
  {
    title: 'keys of a team by another name go on working',
    edits: [{ file: SEARCH, from: 'team_alias: search', to: 'team_alias: find' }],
    keys: ['search-api moved'],
    refused: [],
  },
  {
    title: 'a key that moves to a team which may less is refused what it loses',
    edits: [
      { file: SEARCH, from: /virtual_keys:[\s\S]*/.exec(soundText(SEARCH))?.[0] ?? '', to: 'virtual_keys: []\n' },
      { file: ML, from: 'virtual_keys:', to: `blocked: true\nvirtual_keys:\n  - key_alias: a\n    hashes: [${HASH}]` },
    ],
    keys: ['a moved'],
    refused: ['ml is blocked', 'ml/a is blocked', 'ml/a may no longer use azure-gpt-4o'],
  },
  {
    title: 'a key that is blocked or may spend nothing is refused',
    edits: [
      { file: SEARCH, from: 'key_alias: search-api', to: 'key_alias: search-api\n    blocked: true' },
      { file: ML, from: 'max_budget: 200', to: 'max_budget: 0' },
    ],
    keys: ['search-api changed'],
    refused: ['ml has a budget of nothing', 'search/search-api is blocked'],
  },
  {
    title: 'a key whose last day is moved into the past has ended',
    edits: [{ file: SEARCH, from: 'expires: 2027-06-30', to: 'expires: 2026-11-01' }],
    keys: ['search-api changed'],
    refused: ['search/search-api ended 2026-11-01'],
  },
];

describe('keys', () => {
  it.each(EDITED_KEYS)('$title', ({ edits, keys, refused }) => {
    const change = changeBy(...edits);

    expect(change.keys.map(({ alias, kind }) => `${alias} ${kind}`)).toEqual(keys);
    expect(shownRefusals(change)).toEqual(refused);
  });

  it('have their limits before and after, with models in no order', () => {
    const { keys } = changeBy({
      file: SEARCH,
      from: '    max_budget: 500',
      to: '    max_budget: 600\n    rpm_limit: 60',
    });

    expect(keys[0]?.limits).toMatchObject({
      before: { maxBudget: 500, rpm: undefined },
      after: { maxBudget: 600, rpm: 60 },
    });
  });

  it('that end within 30 days are told, the soonest first', () => {
    const { ending } = changeBy(
      { file: SEARCH, from: 'expires: 2027-06-30', to: 'expires: 2026-12-25' },
      { file: ML, from: 'expires: 2027-01-31T12:00:00Z', to: 'expires: 2026-12-04T12:00:00Z' },
    );

    expect(ending).toEqual([
      { alias: 'ml-notebooks', team: 'ml', days: 9 },
      { alias: 'search-api', team: 'search', days: 30 },
    ]);
  });
});

describe('ceilings', () => {
  it.each([
    { written: 'max_budget: 10\nbudget_duration: 1d', ceiling: 300 },
    { written: 'max_budget: 70\nbudget_duration: 1w', ceiling: 300 },
    { written: 'max_budget: 1200\nbudget_duration: 12mo', ceiling: 100 },
    { written: 'max_budget: 100\nbudget_duration: 7d', ceiling: 428.57 },
    { written: 'max_budget: 500', ceiling: 500 },
    { written: 'rpm_limit: 5', ceiling: undefined },
  ])('of $written is $ceiling USD in 30 days', ({ written, ceiling }) => {
    const change = changeBy({ file: ML, from: 'max_budget: 200\nbudget_duration: 30d', to: written });

    expect(change.teams[0]?.ceiling).toEqual({ before: 200, after: ceiling });
    expect(change.ceiling).toEqual({ before: 1_700, after: ceiling === undefined ? undefined : 1_500 + ceiling });
  });
});

describe('budgets', () => {
  const LINES = '    max_budget: 500\n    budget_duration: 1mo';
  it.each([
    { title: 'smaller', to: '    max_budget: 400\n    budget_duration: 1mo', isLowered: true },
    { title: 'as large for longer', to: '    max_budget: 500\n    budget_duration: 3mo', isLowered: true },
    { title: 'as large once and for all', to: '    max_budget: 500', isLowered: true },
    {
      title: 'larger for longer, and less at a time',
      to: '    max_budget: 1400\n    budget_duration: 3mo',
      isLowered: true,
    },
    { title: 'smaller for less long', to: '    max_budget: 20\n    budget_duration: 1d', isLowered: true },
    { title: 'as large for less long', to: '    max_budget: 500\n    budget_duration: 1d', isLowered: false },
    { title: 'as large at a time', to: '    max_budget: 1500\n    budget_duration: 3mo', isLowered: false },
    { title: 'larger', to: '    max_budget: 600\n    budget_duration: 1mo', isLowered: false },
    { title: 'of nothing', to: '    max_budget: 0\n    budget_duration: 1mo', isLowered: false },
  ])('$title: who may have spent more already is named where that is so', ({ to, isLowered }) => {
    const { perhapsRefused } = changeBy({ file: SEARCH, from: LINES, to });

    expect(perhapsRefused).toMatchObject(isLowered ? [{ team: 'search', key: 'search-api' }] : []);
  });

  it('of the team count too, with both amounts in the plan', () => {
    const change = changeBy({ file: SEARCH, from: 'max_budget: 1500', to: 'max_budget: 1400.125' });

    expect(change.perhapsRefused).toMatchObject([{ team: 'search' }]);
    expect(printEnvironment(change)).toContain(
      'team `search`: $1,500.00 a month until now, $1,400.125 a month from now on',
    );
  });
});
