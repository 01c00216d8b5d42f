import type { Edits } from './policy-scene.ts';

export interface ChangeCase {
  readonly title: string;
  readonly rule: string;
  readonly options?: string;
  readonly label: string;
  /** Of the base against the sound environments, then of the head against them. */
  readonly before?: Edits;
  readonly after: Edits;
  readonly changedPaths?: readonly string[];
  /** As it is printed, without the label and the rule's name; left out: nothing is found. */
  readonly finding?: string;
}

const SETTINGS = 'dev/environment.yaml';
const SEARCH = 'dev/keys/search.yaml';
const HASH = 'sha256:dd8939c47e48287b0731b73ba04ba29bfd0afc8da60b340f4576de4cfbffaa31';
const OTHER_HASH = 'sha256:2135dd6f0eaaa9e5ac33e22536e5416ed7ecd1cf5ad53a16ec1bae32b138fb5b';

export const CHANGE_CASES: readonly ChangeCase[] = [
  {
    title: 'a budget that rises by more than the percentage',
    rule: 'budget_raise',
    options: 'percent: 20',
    label: 'budget-raise',
    after: { [SEARCH]: [['max_budget: 1500', 'max_budget: 1900']] },
    finding: `${SEARCH}:4:1: error: max_budget: the budget of team search rises from 1500 USD in 30 days to 1900 USD in 30 days, by more than 20 %`,
  },
  {
    title: 'a budget that rises through a shorter duration',
    rule: 'budget_raise',
    options: 'percent: 20',
    label: 'budget-raise',
    after: { [SEARCH]: [['budget_duration: 1mo', 'budget_duration: 1w']] },
    finding: `${SEARCH}:4:1: error: max_budget: the budget of team search rises from 1500 USD in 30 days to 6429 USD in 30 days, by more than 20 %`,
  },
  {
    title: 'a budget of a key that is taken away',
    rule: 'budget_raise',
    options: 'percent: 20',
    label: 'budget-raise',
    after: { [SEARCH]: [['    max_budget: 500\n    budget_duration: 1mo\n', '']] },
    finding: `${SEARCH}:7:5: error: virtual_keys.0.max_budget: the budget of key search-api rises from 500 USD in 30 days to no limit, by more than 20 %`,
  },
  {
    title: 'a budget that rises while its team gets another name',
    rule: 'budget_raise',
    options: 'percent: 50',
    label: 'budget-raise',
    after: {
      [SEARCH]: [
        ['team_alias: search', 'team_alias: search2'],
        ['max_budget: 1500', 'max_budget: 19999'],
      ],
    },
    finding: `${SEARCH}:4:1: error: max_budget: the budget of team search2 (team search until now, by the hashes) rises from 1500 USD in 30 days to 19999 USD in 30 days, by more than 50 %`,
  },
  {
    title: 'a budget that rises while its key gets another name',
    rule: 'budget_raise',
    options: 'percent: 50',
    label: 'budget-raise',
    after: {
      [SEARCH]: [
        ['key_alias: search-api', 'key_alias: search-batch'],
        ['max_budget: 500', 'max_budget: 1400'],
      ],
    },
    finding: `${SEARCH}:9:5: error: virtual_keys.0.max_budget: the budget of key search-batch (key search-api until now, by the hashes) rises from 500 USD in 30 days to 1400 USD in 30 days, by more than 50 %`,
  },
  {
    title: 'a key that a team takes over from one with a lower budget',
    rule: 'budget_raise',
    options: 'percent: 50',
    label: 'budget-raise',
    after: {
      [SEARCH]: [[HASH, 'sha256:2135dd6f0eaaa9e5ac33e22536e5416ed7ecd1cf5ad53a16ec1bae32b138fb5a']],
      'dev/keys/ml.yaml': [['      - sha256:2135dd6f0eaaa9e5ac33e22536e5416ed7ecd1cf5ad53a16ec1bae32b138fb5a\n', '']],
    },
    finding: `${SEARCH}:4:1: error: max_budget: the budget of team search (team ml until now, by the hashes) rises from 200 USD in 30 days to 1500 USD in 30 days, by more than 50 %`,
  },
  {
    title: 'a team and a key that only get another name',
    rule: 'budget_raise',
    options: 'percent: 50',
    label: 'budget-raise',
    after: {
      [SEARCH]: [
        ['team_alias: search', 'team_alias: search2'],
        ['key_alias: search-api', 'key_alias: search-batch'],
      ],
    },
  },
  {
    title: 'a budget that rises by just the percentage',
    rule: 'budget_raise',
    options: 'percent: 20',
    label: 'budget-raise',
    after: { [SEARCH]: [['max_budget: 1500', 'max_budget: 1800']] },
  },
  {
    title: 'a model that vanishes beneath a team',
    rule: 'model_in_use',
    label: 'model-removal',
    after: {
      'dev/models.yaml': [['azure-gpt-4o', 'azure-gpt-5']],
      [SEARCH]: [
        ['[azure-gpt-4o, ', '[azure-gpt-5, '],
        ['[azure-gpt-4o]', '[azure-gpt-5]'],
      ],
    },
    finding:
      'dev/models.yaml:1:1: error: model_list: model azure-gpt-4o is gone, and clients of search may still name it: keep it beside its successor until they have moved',
  },
  {
    title: 'a model that vanishes and that no team had',
    rule: 'model_in_use',
    label: 'model-removal',
    before: {
      [SEARCH]: [
        ['[azure-gpt-4o, gpt-4o-mini]', '[gpt-4o-mini]'],
        ['    models: [azure-gpt-4o]\n', ''],
      ],
    },
    after: { 'dev/models.yaml': [['azure-gpt-4o', 'azure-gpt-5']] },
  },
  {
    title: 'a key of production that is revoked',
    rule: 'key_in_use',
    label: 'key-revocation',
    after: {
      [SEARCH]: [
        ['key_alias: search-api', 'key_alias: search-batch'],
        [HASH, OTHER_HASH],
      ],
    },
    finding: `${SEARCH}:6:1: error: virtual_keys: key search-api of team search is revoked: whoever still uses it is refused`,
  },
  {
    title: 'a team of production that goes with its keys',
    rule: 'key_in_use',
    label: 'key-revocation',
    after: { [SEARCH]: undefined },
    finding: `${SEARCH}:1:1: error: key search-api of team search is revoked: whoever still uses it is refused`,
  },
  {
    title: 'a secret that is swapped without a rotation',
    rule: 'key_in_use',
    label: 'key-revocation',
    after: { [SEARCH]: [[HASH, OTHER_HASH]] },
    finding: `${SEARCH}:12:5: error: virtual_keys.0.hashes: key search-api gets another secret in one step, and the old one is refused at once: npm run key -- rotate lets both work for a while`,
  },
  {
    title: 'a key that is blocked',
    rule: 'key_in_use',
    label: 'key-revocation',
    after: { [SEARCH]: [['    expires', '    blocked: true\n    expires']] },
    finding: `${SEARCH}:11:5: error: virtual_keys.0.blocked: key search-api of team search is blocked: whoever still uses it is refused`,
  },
  {
    title: 'a key whose last day moves into the past',
    rule: 'key_in_use',
    label: 'key-revocation',
    after: { [SEARCH]: [['expires: 2027-06-30', 'expires: 2026-11-20']] },
    finding: `${SEARCH}:11:5: error: virtual_keys.0.expires: key search-api of team search ends 2026-11-20, which is over: whoever still uses it is refused`,
  },
  {
    title: 'a team that is blocked with its keys',
    rule: 'key_in_use',
    label: 'key-revocation',
    after: { [SEARCH]: [['max_budget: 1500', 'max_budget: 1500\nblocked: true']] },
    finding: `${SEARCH}:5:1: error: blocked: team search is blocked, and key search-api with it: whoever still uses it is refused`,
  },
  {
    title: 'a key whose secret goes on under another name',
    rule: 'key_in_use',
    label: 'key-revocation',
    after: { [SEARCH]: [['key_alias: search-api', 'key_alias: search-batch']] },
  },
  {
    title: 'a key whose name another secret takes while its own goes on elsewhere',
    rule: 'key_in_use',
    label: 'key-revocation',
    after: {
      [SEARCH]: [
        ['- key_alias: search-api', `- key_alias: search-api\n    hashes: [${OTHER_HASH}]\n  - key_alias: search-web`],
      ],
    },
  },
  {
    title: 'a key that goes on under another name, and is blocked there',
    rule: 'key_in_use',
    label: 'key-revocation',
    after: { [SEARCH]: [['key_alias: search-api', 'key_alias: search-web\n    blocked: true']] },
    finding: `${SEARCH}:8:5: error: virtual_keys.0.blocked: key search-web of team search is blocked: whoever still uses it is refused`,
  },
  {
    title: 'a key whose last day comes closer',
    rule: 'key_in_use',
    label: 'key-revocation',
    after: { [SEARCH]: [['expires: 2027-06-30', 'expires: 2026-11-30']] },
  },
  {
    title: 'a rotation',
    rule: 'key_in_use',
    label: 'key-revocation',
    after: { [SEARCH]: [[HASH, `${HASH}\n      - ${OTHER_HASH}`]] },
  },
  {
    title: 'a key that was blocked before it is revoked',
    rule: 'key_in_use',
    label: 'key-revocation',
    before: { [SEARCH]: [['    expires', '    blocked: true\n    expires']] },
    after: { [SEARCH]: undefined },
  },
  {
    title: 'a version that has run nowhere else',
    rule: 'promotion_order',
    label: 'skip-promotion',
    after: { 'dev/release.yaml': [['nginx_ingress: { version: 5.5.4', 'nginx_ingress: { version: 5.6.0']] },
    finding:
      'dev/release.yaml:3:3: error: images.nginx_ingress: images.nginx_ingress 5.6.0 has run in no other environment: bring it to staging first, then npm run promote',
  },
  {
    title: 'a version that staging has run',
    rule: 'promotion_order',
    label: 'skip-promotion',
    before: { 'dev/release.yaml': [['nginx_ingress: { version: 5.5.4', 'nginx_ingress: { version: 5.4.0']] },
    after: {},
  },
  {
    title: 'what production and another environment run, both in one change',
    rule: 'blast_radius',
    label: 'blast-radius:all',
    after: {},
    changedPaths: [
      'dist/dev/gateway/Deployment.gateway.yaml',
      'dist/dev/gateway/Service.gateway.yaml',
      'dist/qa/gateway/Service.gateway.yaml',
      'dist/README.md',
    ],
    finding:
      'dist/dev/gateway/Deployment.gateway.yaml:1:1: error: dist/ of dev changes (2 files) and so does that of qa: change dev in a pull request of its own, after the others',
  },
  {
    title: 'what production alone runs',
    rule: 'blast_radius',
    label: 'blast-radius:all',
    after: {},
    changedPaths: ['dist/dev/gateway/Service.gateway.yaml', 'dist/README.md', 'environments/qa/models.yaml'],
  },
  {
    title: 'a setting that Azure takes once',
    rule: 'fixed_settings',
    label: 'recreate',
    after: { [SETTINGS]: [['name_suffix: k7m2', 'name_suffix: k7m3']] },
    finding: `${SETTINGS}:9:1: error: name_suffix changes from k7m2 to k7m3: every resource would be another one, and empty`,
  },
  {
    title: 'another repository',
    rule: 'fixed_settings',
    label: 'recreate',
    after: { [SETTINGS]: [['github.com/example/tollgate', 'github.com/evil/tollgate']] },
    finding: `${SETTINGS}:10:15: error: url changes from https://github.com/example/tollgate to https://github.com/evil/tollgate: whoever may write there would decide what Argo CD runs here, without a review in this repository`,
  },
  {
    title: 'another branch',
    rule: 'fixed_settings',
    label: 'recreate',
    after: { [SETTINGS]: [['example/tollgate }', 'example/tollgate, branch: mine }']] },
    finding: `${SETTINGS}:10:57: error: branch changes from main to mine: whoever may write there would decide what Argo CD runs here, without a review in this repository`,
  },
  {
    title: 'storage that shrinks',
    rule: 'fixed_settings',
    label: 'recreate',
    before: { [SETTINGS]: [['name: dev', 'name: dev\npostgres: { storage_gb: 256 }']] },
    after: { [SETTINGS]: [['name: dev', 'name: dev\npostgres: { storage_gb: 128 }']] },
    finding: `${SETTINGS}:2:13: error: storage_gb changes from 256 to 128: it never shrinks`,
  },
  {
    title: 'storage that grows and protection that comes',
    rule: 'fixed_settings',
    label: 'recreate',
    after: {
      [SETTINGS]: [['name: dev', 'name: dev\npostgres: { storage_gb: 256 }\nkey_vault: { purge_protection: true }']],
    },
  },
  {
    title: 'a production that is deleted',
    rule: 'environment_removal',
    label: 'environment-removal',
    after: { dev: undefined },
    finding: `${SETTINGS}:1:1: error: environment dev is deleted from Git: what runs there goes on, and nothing updates it any more`,
  },
];
