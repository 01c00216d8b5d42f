import type { EnvironmentChange } from '../../../generators/plan/plan.ts';
import { limitsOf } from './change-of.ts';
import { config, STAYS, value, type RiskCase } from './risk-case.ts';

/** What people's own files and policy.yaml tell. */
export const AUTHORED_RISK_CASES: readonly RiskCase[] = [
  { what: 'another engine', ...pair('engine', 'tollgate', 'litellm', 'The engine changes from tollgate to litellm') },
  { what: 'another suffix', ...pair('name_suffix', 'p4w9', 'p4w8', 'would be made anew and empty') },
  { what: 'another network', ...pair('network.address_space', '10.40.0.0/16', '10.41.0.0/16', 'The address space') },
  { what: 'another region', ...pair('location', 'swedencentral', 'westeurope', 'no Azure resource can move') },
  {
    what: 'another repository',
    ...pair(
      'repository.url',
      'https://github.com/example/tollgate',
      'https://github.com/evil/tollgate',
      'follows the repository https://github.com/evil/tollgate instead of https://github.com/example/tollgate',
    ),
  },
  {
    what: 'another branch',
    fires: value('repository.branch', undefined, 'mine'),
    says: 'follows the branch mine instead of main',
    silent: value('repository.branch', undefined, 'main'),
  },
  {
    what: 'a gateway that may reach the internet',
    ...pair('gateway.internet_egress', 'false', 'true', 'may now reach the whole internet'),
    silent: value('gateway.internet_egress', 'true', 'false'),
  },
  {
    what: 'a gateway that the internet may reach',
    ...pair('ingress.exposure', 'internal', undefined, 'can be reached from the internet'),
    silent: value('ingress.exposure', 'public', 'internal'),
  },
  {
    what: 'a vault without protection',
    ...pair('key_vault.purge_protection', 'true', 'false', 'Purge protection of the vault is given up'),
    silent: value('key_vault.purge_protection', undefined, 'true'),
  },
  {
    what: 'a store with one machine',
    ...pair('postgres.high_availability', 'zone_redundant', 'disabled', 'High availability of a data store'),
    silent: value('redis.high_availability', 'false', 'true'),
  },
  {
    what: 'certificates for tests',
    ...pair('certificates.issuer', 'letsencrypt', 'letsencrypt-staging', 'which no client trusts'),
    silent: value('certificates.issuer', 'letsencrypt-staging', 'letsencrypt'),
  },
  {
    what: 'prompts that go elsewhere with a credential',
    fires: {
      change: { destinations: [{ model: 'gpt', host: 'evil.example.org', credential: 'os.environ/AZURE_OPENAI_KEY' }] },
    },
    says: 'Prompts for gpt go to evil.example.org from now on, with the credential os.environ/AZURE_OPENAI_KEY',
    silent: { change: {} },
  },
  {
    what: 'a price far below the list',
    fires: { change: { lowPrices: [{ model: 'gpt', own: 0.01, listed: 1.25 }] } },
    says: 'gpt counts as $0.01 for a million tokens that are sent, and the price list says $1.25',
    silent: { change: {} },
  },
  {
    what: 'a change of what judges it',
    fires: { added: ['environments/schema/policy.ts', 'a', 'package.json', '.github/a', 'generators/check/b'] },
    says: '(environments/schema/policy.ts, package.json, .github/a and 1 more): look at the code too',
    silent: { added: ['proxy/app.ts', 'environments/prod/models.yaml', 'environments/prod/package.json'] },
  },
  {
    what: 'a file that nothing reads',
    fires: { added: ['environments/.hidden/models.yaml', 'environments/link'] },
    says: 'Nothing reads environments/.hidden/models.yaml and environments/link',
    silent: { added: ['environments/policy.yaml', 'environments/README.md', 'environments/prod/keys/a.yaml'] },
  },
  {
    what: 'a model that somebody uses',
    fires: { change: modelRemoved([{ team: 'search', key: 'search-api', model: 'gpt', kind: 'loses' }]) },
    says: 'The name gpt goes while key search-api may use it',
    silent: { change: modelRemoved([]) },
  },
  {
    what: 'a budget that goes',
    fires: { change: budgetChanged(500, undefined) },
    says: 'Team search has no budget any more',
    silent: { change: budgetChanged(500, 600) },
  },
  {
    what: 'a rendering that was forgotten',
    fires: { change: budgetChanged(500, 600) },
    says: 'environments/prod changed, and dist/prod, the files',
    silent: { change: budgetChanged(500, 600), before: config('a: 1'), after: config('a: 2') },
  },
  {
    what: 'an environment that goes',
    fires: { before: STAYS, change: { kind: 'removed' } },
    says: 'the merge alone stops nothing',
    silent: { before: STAYS, after: STAYS },
  },
  {
    what: 'a rule that only warns',
    fires: { policy: { before: { key_expiry: { level: 'deny' } }, after: { key_expiry: { level: 'warn' } } } },
    says: 'Rule key_expiry of policy.yaml only warns',
    silent: { policy: { before: { key_expiry: { level: 'warn' } }, after: { key_expiry: { level: 'deny' } } } },
  },
  {
    what: 'a rule that goes',
    fires: { policy: { before: { key_expiry: { level: 'warn' } }, after: {} } },
    says: 'is switched off',
    silent: { policy: { before: {}, after: { key_expiry: { level: 'off' } } } },
  },
  {
    what: 'a bound that rises',
    fires: {
      policy: {
        before: { key_expiry: { level: 'deny', within_days: 90 } },
        after: { key_expiry: { level: 'deny', within_days: 900 } },
      },
    },
    says: 'within_days goes from 90 to 900',
    silent: {
      policy: {
        before: { replicas: { level: 'deny', min: 2 } },
        after: { replicas: { level: 'deny', min: 3 } },
      },
    },
  },
  {
    what: 'an exception',
    fires: {
      policy: {
        before: { budget: { level: 'deny' } },
        after: { budget: { level: 'deny', exceptions: [{ team: 'search', owner: 'a', until: '2027-01-01' }] } },
      },
    },
    says: 'gets an exception: team search, owner a, until 2027-01-01',
    silent: {
      policy: {
        before: { models: { level: 'deny', allowed: ['a', 'b'] } },
        after: { models: { level: 'deny', allowed: ['a'] } },
      },
    },
  },
];

function pair(path: string, before: string, after: string | undefined, says: string) {
  return { fires: value(path, before, after), says, silent: value(`other.${path}`, before, after) };
}

function modelRemoved(access: EnvironmentChange['access']): Partial<EnvironmentChange> {
  const none = { input: undefined, output: undefined };
  return {
    models: [
      {
        model: 'gpt',
        deployments: { before: ['azure/gpt'], after: undefined },
        prices: { before: [none], after: undefined },
      },
    ],
    access,
  };
}

function budgetChanged(before: number, after: number | undefined): Partial<EnvironmentChange> {
  const limits = { before: limitsOf({ maxBudget: before }), after: limitsOf({ maxBudget: after }) };
  return { teams: [{ team: 'search', limits, ceiling: { before, after } }] };
}
