import type { Edits } from './policy-scene.ts';

export interface StateCase {
  readonly rule: string;
  readonly options?: string;
  readonly edits: Edits;
  /** As it is printed, without the rule's name. */
  readonly finding: string;
  /** What an exception names. */
  readonly selector?: string;
  /** Parts of what is told beside it, by others than the policy. */
  readonly others?: readonly string[];
}

const SETTINGS = 'dev/environment.yaml';
const MODELS = 'dev/models.yaml';
const SEARCH = 'dev/keys/search.yaml';
const ML = 'dev/keys/ml.yaml';

/** The nodes and the database outlive a zone; Redis does not. */
const WITHOUT_REDIS = 'cluster: { zones: [1, 2] }\npostgres: { high_availability: zone_redundant }\n';

export const STATE_CASES: readonly StateCase[] = [
  {
    rule: 'team_budget',
    edits: { [ML]: [['budget_duration: 30d\n', '']] },
    finding: `${ML}:1:1: error: team ml has no budget: write max_budget (USD) and budget_duration, such as 1mo`,
    selector: 'team: ml',
  },
  {
    rule: 'budget_ceiling',
    options: 'usd_per_month: 2000',
    edits: { [ML]: [['budget_duration: 30d', 'budget_duration: 1d']] },
    finding: `${ML}:4:1: error: max_budget: team ml may spend 6000 USD in 30 days: the most is 2000`,
    selector: 'team: ml',
  },
  {
    rule: 'owner_domain',
    options: 'domains: [example.com, example.org]',
    edits: { [ML]: [['[ml-leads@example.com]', "[ml-leads@example.com, '@example/ml']"]] },
    finding: `${ML}:2:32: error: owners.1: owner @example/ml cannot be asked: write an address of example.com or example.org`,
    selector: 'environment: dev, team: ml',
  },
  {
    rule: 'key_expiry',
    options: 'within_days: 100',
    edits: { [ML]: [] },
    finding: `${SEARCH}:11:5: error: virtual_keys.0.expires: key search-api ends 2027-06-30: write a day within 100 days`,
    selector: 'key: search-api',
  },
  {
    rule: 'rate_limit',
    edits: { [ML]: [['max_budget: 200', 'max_budget: 200\nrpm_limit: 60']] },
    finding: `${SEARCH}:7:5: error: virtual_keys.0.key_alias: key search-api may call as fast as it likes: write rpm_limit or tpm_limit for it or its team`,
    selector: 'key: search-api, team: search',
  },
  {
    rule: 'known_price',
    edits: { [MODELS]: [['openai/gpt-4o-mini', 'openai/our-own-model']] },
    finding: `${MODELS}:10:7: error: model_list.1.litellm_params.model: the price of openai/our-own-model is not known, so no budget can count it: give model_info input_cost_per_token and output_cost_per_token (USD), or base_model`,
    selector: 'model: gpt-4o-mini',
  },
  {
    rule: 'allowed_models',
    options: 'models: [azure/gpt-4o, azure/gpt-4o-mini]',
    edits: {},
    finding: `${MODELS}:10:7: error: model_list.1.litellm_params.model: openai/gpt-4o-mini is not on the list for production: use azure/gpt-4o or azure/gpt-4o-mini`,
    selector: 'model: gpt-4o-mini',
  },
  {
    rule: 'allowed_providers',
    options: 'providers: [azure]',
    edits: {},
    finding: `${MODELS}:10:7: error: model_list.1.litellm_params.model: provider openai is not one that we have agreed on: use azure`,
    selector: 'model: gpt-4o-mini',
  },
  {
    rule: 'wildcard_model',
    edits: { [SEARCH]: [['models: [azure-gpt-4o]', "models: ['azure-*']"]] },
    finding: `${SEARCH}:8:14: error: virtual_keys.0.models.0: azure-* lets in models that nobody has reviewed: name each one`,
    selector: "model: 'azure-*'",
    others: ['model azure-* does not exist'],
  },
  {
    rule: 'https_upstreams',
    edits: { [MODELS]: [['os.environ/AZURE_OPENAI_ENDPOINT', 'http://llm.example.com']] },
    finding: `${MODELS}:5:7: error: model_list.0.litellm_params.api_base: prompts and the credential would travel in the clear: write an https address`,
    selector: 'model: azure-gpt-4o',
  },
  {
    rule: 'allowed_hosts',
    options: 'hosts: [llm.example.com, { host: evil.example.org, environment: qa }]',
    edits: { [MODELS]: [['os.environ/AZURE_OPENAI_ENDPOINT', 'https://llm.example.com@evil.example.org/v1']] },
    finding: `${MODELS}:5:7: error: model_list.0.litellm_params.api_base: prompts would go to evil.example.org, which is not one of our hosts: use llm.example.com, or os.environ/NAME`,
    selector: 'model: azure-gpt-4o',
  },
  {
    rule: 'price_override',
    options: 'percent: 50',
    edits: {
      [MODELS]: [
        [
          '      model: openai/gpt-4o-mini\n',
          '      model: openai/gpt-4o-mini\n      input_cost_per_token: 0.00000001\n      output_cost_per_token: 0.0000006\n',
        ],
      ],
    },
    finding: `${MODELS}:11:7: error: model_list.1.litellm_params.input_cost_per_token: budgets would count 0.01 USD for a million tokens of input, and openai/gpt-4o-mini costs 0.15: write at least 50 % of it`,
    selector: 'model: gpt-4o-mini',
  },
  {
    rule: 'image_digest',
    edits: {
      'dev/release.yaml': [
        ['digest: sha256:6105d6cc76af400325e94d588ce511be5bfdbb73b437dc51eca43917d7a43e3d', 'digest: unresolved'],
      ],
    },
    finding: 'dev/release.yaml:1:1: error: 1 digest is unresolved: images.gateway: run npm run pin',
  },
  {
    rule: 'company_zone',
    options: 'zones: [example.org]',
    edits: {},
    finding: `${SETTINGS}:2:14: error: host_names.0: host name llm.dev.example.com is not ours: use one in example.org`,
  },
  {
    rule: 'trusted_certificates',
    edits: {},
    finding: `${SETTINGS}:12:1: error: certificates.issuer: no client trusts letsencrypt-staging: write letsencrypt`,
  },
  {
    rule: 'replicas',
    options: 'min: 3',
    edits: {},
    finding: `${SETTINGS}:5:15: error: min is 2: use at least 3`,
  },
  {
    rule: 'high_availability',
    edits: { [SETTINGS]: [['gateway:\n', `${WITHOUT_REDIS}gateway:\n`]] },
    finding: `${SETTINGS}:1:1: error: high_availability of redis is false: write true, which cannot be undone`,
  },
  {
    rule: 'purge_protection',
    edits: {},
    finding: `${SETTINGS}:1:1: error: key_vault.purge_protection: a deleted vault would be gone with every secret: write purge_protection: true`,
  },
  {
    rule: 'backups',
    options: 'days: 14',
    edits: { [SETTINGS]: [['gateway:\n', 'postgres: { backup_days: 8 }\ngateway:\n']] },
    finding: `${SETTINGS}:4:13: error: backup_days is 8: use at least 14`,
  },
  {
    rule: 'alert_receivers',
    edits: {},
    finding: `${SETTINGS}:1:1: error: alerts.emails: nobody is told when an alert fires: write emails of alerts`,
  },
];
