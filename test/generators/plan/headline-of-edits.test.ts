import { expect, it } from 'vitest';
import { writeHeadline } from '../../../generators/plan/write-headline.ts';
import { planOf } from './change-of.ts';
import { changeBy } from './compare-edits.ts';

const SEARCH = 'dev/keys/search.yaml';
const MODELS = 'dev/models.yaml';
const SETTINGS = 'dev/environment.yaml';
const RELEASE = 'dev/release.yaml';

const DEPLOYMENTS =
  'openai: { deployments: [{ name: gpt-4o, model: gpt-4o, version: "2024-11-20", sku: Standard, capacity: 10 }] }';

/** One edit of everything that people write, each alone, and a word that its headline has to have. */
const EDITS: readonly (readonly [title: string, file: string, from: string, to: string, word: string])[] = [
  ['the owners of a team', SEARCH, 'search-leads', 'search-heads', 'search-heads'],
  ['the models of a team', SEARCH, '[azure-gpt-4o, gpt-4o-mini]', '[azure-gpt-4o]', 'gpt-4o-mini'],
  ['a budget', SEARCH, 'max_budget: 1500', 'max_budget: 1600', '1,600'],
  [
    'the portions of a budget',
    SEARCH,
    'max_budget: 1500\nbudget_duration: 1mo',
    'max_budget: 50\nbudget_duration: 1d',
    '$50 a day',
  ],
  ['how long a budget lasts', SEARCH, 'budget_duration: 1mo\nv', 'budget_duration: 2mo\nv', 'ceiling'],
  ['requests a minute', SEARCH, 'budget_duration: 1mo\nv', 'budget_duration: 1mo\nrpm_limit: 5\nv', 'rate limits'],
  ['tokens a minute', SEARCH, 'budget_duration: 1mo\nv', 'budget_duration: 1mo\ntpm_limit: 5\nv', 'rate limits'],
  ['a blocked team', SEARCH, 'budget_duration: 1mo\nv', 'budget_duration: 1mo\nblocked: true\nv', 'blocked'],
  ['the name of a team', SEARCH, 'team_alias: search', 'team_alias: find', 'find'],
  ['the name of a key', SEARCH, 'search-api', 'search-web', 'search-web'],
  ['the models of a key', SEARCH, '    models: [azure-gpt-4o]\n', '', 'gpt-4o-mini'],
  ['the budget of a key', SEARCH, '    max_budget: 500', '    max_budget: 600', '$600'],
  ['how long the budget of a key lasts', SEARCH, '    budget_duration: 1mo', '    budget_duration: 1w', 'a week'],
  ['the rate of a key', SEARCH, '    budget_duration: 1mo', '    budget_duration: 1mo\n    rpm_limit: 3', 'limits'],
  ['a blocked key', SEARCH, '    expires', '    blocked: true\n    expires', 'blocked'],
  ['the end of a key', SEARCH, 'expires: 2027-06-30', 'expires: 2027-07-30', 'another end'],
  ['the secret of a key', SEARCH, 'sha256:dd89', 'sha256:aa89', 'old secret'],
  ['where a model is', MODELS, 'openai/gpt-4o-mini', 'openai/gpt-4o-nano', 'gpt-4o-mini'],
  ['the credential of a model', MODELS, 'os.environ/OPENAI_API_KEY', 'os.environ/OTHER_API_KEY', 'OTHER_API_KEY'],
  ['the API version of a model', MODELS, '2024-10-21', '2025-10-21', '2025-10-21'],
  ['a router setting', MODELS, 'num_retries: 2', 'num_retries: 3', 'num_retries'],
  ['a setting', SETTINGS, 'max: 6', 'max: 7', 'gateway.replicas.max'],
  ['what Azure serves', SETTINGS, 'registry:', `${DEPLOYMENTS}\nregistry:`, 'Azure serves gpt-4o too'],
  ['the version of the gateway', RELEASE, 'version: 0.1.0', 'version: 0.2.0', '0.2.0'],
  ['the build of the gateway', RELEASE, 'sha256:6105', 'sha256:7105', 'another build'],
  ['the version of a chart', RELEASE, 'version: 2.6.4', 'version: 2.6.5', '2.6.5'],
];

it.each(EDITS)('the headline tells of %s, and only then that nothing else changes', (_, file, from, to, word) => {
  const change = changeBy({ file, from, to });

  const headline = writeHeadline(planOf({ environments: [change] }));

  expect(headline).toContain(word);
  expect(headline).not.toMatch(/^nothing else/);
  expect(headline).not.toContain('stands below');
});

it('the headline points to the tables for what it has no words for', () => {
  const change = changeBy({
    file: SEARCH,
    from: '[azure-gpt-4o, gpt-4o-mini]',
    to: '[azure-gpt-4o, gpt-4o-mini, later]',
  });

  expect(writeHeadline(planOf({ environments: [change] }))).toBe(
    'what changes in dev stands below; nothing else in dev changes',
  );
});
