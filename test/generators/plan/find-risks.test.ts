import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { findRisks, type RiskInput } from '../../../generators/plan/find-risks.ts';
import type { EnvironmentChange } from '../../../generators/plan/plan.ts';
import { changeOf, limitsOf } from './change-of.ts';

interface Case {
  readonly what: string;
  readonly fires: Sides;
  readonly says: string;
  readonly silent: Sides;
}

interface Sides {
  readonly before?: Files;
  readonly after?: Files;
  readonly change?: Partial<EnvironmentChange>;
  readonly policy?: { before: unknown; after: unknown };
}

type Files = Readonly<Record<string, object>>;

const DIGEST = `sha256:${'ab'.repeat(32)}`;
/** Something that stays, so that the environment goes on. */
const STAYS = { 'monitoring/PodMonitor.gateway.yaml': { kind: 'PodMonitor', metadata: { name: 'gateway' } } };

function object(kind: string, rest: object = {}, name = 'gateway'): Files {
  return { [`gateway/${kind}.${name}.yaml`]: { kind, metadata: { name, namespace: 'tollgate' }, ...rest } };
}

const deployment = (spec: object) => object('Deployment', { spec });
const policyOf = (spec: object) => object('NetworkPolicy', { spec });
const reaches = (...blocks: object[]) => policyOf({ egress: [{ to: blocks.map((ipBlock) => ({ ipBlock })) }] });
const application = (syncPolicy: object, metadata: object = {}) => ({
  'argocd/Application.gateway.yaml': {
    kind: 'Application',
    metadata: { name: 'gateway', ...metadata },
    spec: { syncPolicy },
  },
});
const image = (reference: string) => deployment({ template: { spec: { containers: [{ image: reference }] } } });
const ingress = (...hosts: string[]) => object('Ingress', { spec: { rules: hosts.map((host) => ({ host })) } });
const secrets = (...names: string[]) =>
  object('SecretProviderClass', {
    spec: {
      parameters: {
        objects: stringify({
          array: names.map((name) =>
            stringify({ objectName: name, objectAlias: name.toUpperCase().replaceAll('-', '_') }),
          ),
        }),
      },
    },
  });
const config = (text: string) => ({
  'gateway/ConfigMap.gateway-config.yaml': {
    kind: 'ConfigMap',
    metadata: { name: 'gateway-config' },
    data: { 'config.yaml': text },
  },
});
const value = (path: string, before: string | undefined, after: string | undefined) => ({
  change: { values: [{ file: 'environments/prod/environment.yaml', path, before, after }] },
});
const denyAll = { podSelector: {}, policyTypes: ['Ingress', 'Egress'] };
const automated = { automated: { prune: true, selfHeal: true } };

const CASES: readonly Case[] = [
  {
    what: 'the deletion of an object that others lean on',
    fires: { before: object('CustomResourceDefinition') },
    says: 'CustomResourceDefinition gateway is deleted, and with it every object of that kind',
    silent: { before: object('PodMonitor') },
  },
  {
    what: 'a guarded object that stays in the cluster',
    fires: {
      before: object('Namespace', {
        metadata: { name: 'tollgate', annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' } },
      }),
    },
    says: 'Namespace tollgate is no longer declared, and the cluster keeps it',
    silent: { after: object('Namespace') },
  },
  {
    what: 'a disruption budget that goes',
    fires: { before: object('PodDisruptionBudget') },
    says: 'PodDisruptionBudget gateway goes',
    silent: { after: object('PodDisruptionBudget') },
  },
  {
    what: 'an Application whose objects go with it',
    fires: { before: application(automated, { finalizers: ['resources-finalizer.argocd.argoproj.io'] }) },
    says: 'Argo CD deletes everything that it had put into the cluster',
    silent: { after: application(automated) },
  },
  {
    what: 'an Application whose objects stay behind',
    fires: { before: application(automated) },
    says: 'stays there and nobody looks after it',
    silent: { before: application(automated), after: application(automated, { labels: {} }) },
  },
  {
    what: 'a selector that cannot change',
    fires: { before: deployment({ selector: { a: '1' } }), after: deployment({ selector: { a: '2' } }) },
    says: 'Deployment gateway changes its selector',
    silent: { before: deployment({ selector: { a: '1' } }), after: deployment({ selector: { a: '1' }, x: 1 }) },
  },
  {
    what: 'a Service that turns to other pods',
    fires: { before: object('Service', { spec: { selector: { a: '1' } } }), after: object('Service', { spec: {} }) },
    says: 'its requests go to other copies at once',
    silent: { after: object('Service', { spec: { selector: { a: '1' } } }) },
  },
  {
    what: 'an autoscaler that may stop everything',
    fires: {
      before: object('ScaledObject', { spec: { minReplicaCount: 2 } }),
      after: object('ScaledObject', { spec: {} }),
    },
    says: 'ScaledObject gateway may go down to 0 copies instead of 2',
    silent: {
      before: object('ScaledObject', { spec: { minReplicaCount: 3 } }),
      after: object('ScaledObject', { spec: { minReplicaCount: 2 } }),
    },
  },
  {
    what: 'a last copy',
    fires: {
      before: object('HorizontalPodAutoscaler', { spec: { minReplicas: 3 } }),
      after: object('HorizontalPodAutoscaler', { spec: { minReplicas: 1 } }),
    },
    says: 'HorizontalPodAutoscaler gateway keeps 1 copy at the least instead of 3',
    silent: {
      before: object('HorizontalPodAutoscaler', { spec: { minReplicas: 1 } }),
      after: object('HorizontalPodAutoscaler', { spec: { minReplicas: 1, maxReplicas: 4 } }),
    },
  },
  {
    what: 'the default of closed doors that goes',
    fires: { before: policyOf(denyAll) },
    says: 'NetworkPolicy gateway no longer closes namespace tollgate',
    silent: { before: policyOf({ ...denyAll, podSelector: { matchLabels: { a: '1' } } }) },
  },
  {
    what: 'a rule for all',
    fires: { before: policyOf({ ingress: [{ from: [{}] }] }), after: policyOf({ ingress: [{ ports: [] }] }) },
    says: 'NetworkPolicy gateway lets requests in from everywhere',
    silent: { before: policyOf({ ingress: [{}] }), after: policyOf({ ingress: [{ ports: [] }] }) },
  },
  {
    what: 'the internet',
    fires: { before: reaches({ cidr: '10.40.2.0/24' }), after: reaches({ cidr: '0.0.0.0/0' }) },
    says: 'lets its pods reach the whole internet (0.0.0.0/0)',
    silent: { before: reaches({ cidr: '0.0.0.0/0' }), after: reaches({ cidr: '10.0.0.0/8' }) },
  },
  {
    what: 'a wider range',
    fires: { before: reaches({ cidr: '10.40.2.0/24' }), after: reaches({ cidr: '10.40.0.0/16' }) },
    says: 'reach 10.40.0.0/16, where it was 10.40.2.0/24',
    silent: { before: reaches({ cidr: '10.40.0.0/16' }), after: reaches({ cidr: '10.40.2.0/24' }) },
  },
  {
    what: 'an exception of a range that goes',
    fires: {
      before: reaches({ cidr: '0.0.0.0/0', except: ['169.254.169.254/32'] }),
      after: reaches({ cidr: '0.0.0.0/0' }),
    },
    says: '169.254.169.254/32, which was excepted before',
    silent: { before: reaches({ cidr: '0.0.0.0/0' }), after: reaches({ cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] }) },
  },
  {
    what: 'an Application that no longer deletes',
    fires: { before: application(automated), after: application({ automated: { selfHeal: true } }) },
    says: 'no longer deletes what is taken out of Git',
    silent: { before: application({ automated: {} }), after: application({ automated: { prune: false } }) },
  },
  {
    what: 'an Application that no longer undoes what is done by hand',
    fires: { before: application(automated), after: application({ automated: { prune: true } }) },
    says: 'no longer undoes what is changed by hand',
    silent: { before: application({ automated: { prune: true } }), after: application(automated) },
  },
  {
    what: 'an Application that no longer follows Git',
    fires: { before: application(automated), after: application({}) },
    says: 'no longer follows Git by itself',
    silent: { before: application({}), after: application(automated) },
  },
  {
    what: 'an image by its tag alone',
    fires: { before: image(`a/b:1@${DIGEST}`), after: image('a/b:2') },
    says: 'a/b:2 is named without a digest',
    silent: { before: image('a/b:1'), after: image(`a/b:2@${DIGEST}`) },
  },
  {
    what: 'an image that no registry has confirmed',
    fires: { before: image(`a/b:1@${DIGEST}`), after: image('a/b:2@sha256:unresolved') },
    says: 'a/b:2 has no digest yet',
    silent: {
      before: image('a/b:2@sha256:unresolved'),
      after: { ...image('a/b:2@sha256:unresolved'), ...object('Job') },
    },
  },
  {
    what: 'a host name that goes',
    fires: { before: ingress('llm.example.com', 'b.example.com'), after: ingress('b.example.com') },
    says: 'llm.example.com is answered by nothing any more',
    silent: {
      before: ingress('llm.example.com'),
      after: object('Ingress', { spec: { rules: [{ host: 'llm.example.com' }] } }, 'moved'),
    },
  },
  {
    what: 'a secret that the vault needs first',
    fires: { before: secrets('a'), after: secrets('a', 'openai-key') },
    says: 'needs the secret openai-key before the merge: without it',
    silent: { before: secrets('a', 'b'), after: secrets('b') },
  },
  {
    what: 'a reference without a secret',
    fires: { before: secrets('key'), after: { ...secrets('key'), ...config('api_key: os.environ/OTHER') } },
    says: 'configuration reads OTHER, and no secret',
    silent: { before: secrets('key'), after: { ...secrets('key'), ...config('api_key: os.environ/KEY') } },
  },
  { what: 'another engine', ...pair('engine', 'tollgate', 'litellm', 'The engine changes from tollgate to litellm') },
  { what: 'another suffix', ...pair('name_suffix', 'p4w9', 'p4w8', 'would be made anew and empty') },
  { what: 'another network', ...pair('network.address_space', '10.40.0.0/16', '10.41.0.0/16', 'The address space') },
  { what: 'another region', ...pair('location', 'swedencentral', 'westeurope', 'no Azure resource can move') },
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
    says: 'environments/prod changed and dist/prod did not',
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

describe.each(CASES)('findRisks, on $what', ({ fires, says, silent }) => {
  it('says it in one sentence', () => {
    const texts = risksOf(fires).filter((text) => text.includes(says));
    expect(texts).toHaveLength(1);
    expect(texts[0]).toMatch(/\S\.$/);
  });

  it('is silent where there is nothing to fear', () => {
    expect(risksOf(silent).filter((text) => text.includes(says))).toEqual([]);
  });
});

describe('findRisks', () => {
  it('keeps the order of the plan', () => {
    const risks = findRisks({
      environments: [
        changeOf({ name: 'prod', ...value('engine', 'a', 'b').change }),
        changeOf({ name: 'dev', ...value('engine', 'a', 'b').change }),
      ],
      manifests: { before: new Map(), after: new Map() },
      policy: { before: undefined, after: undefined },
    });
    expect(risks.map(({ environment }) => environment)).toEqual(['prod', 'dev']);
  });

  it('survives files that are not YAML, or not of Kubernetes', () => {
    const texts = ['{', '', 'a: &a [*a]', 'null', '- 1', 'kind: 7\nmetadata: []', 'kind: Deployment\nspec: text'];
    for (const text of texts) {
      const path = 'prod/gateway/Deployment.gateway.yaml';
      const before = new Map([[path, text]]);
      expect(() =>
        findRisks({
          environments: [],
          manifests: { before, after: new Map([[path, `${text}#`]]) },
          policy: { before: 7, after: [] },
        }),
      ).not.toThrow();
    }
  });
});

function risksOf({ before = {}, after = {}, change, policy }: Sides): string[] {
  const isRemoved = change?.kind === 'removed';
  const input: RiskInput = {
    environments: change === undefined ? [] : [changeOf(change)],
    manifests: {
      before: filesOf({ ...STAYS, ...before }),
      after: isRemoved ? new Map() : filesOf({ ...STAYS, ...after }),
    },
    policy: policy ?? { before: undefined, after: undefined },
  };
  return findRisks(input).map(({ text }) => text);
}

function filesOf(files: Files): Map<string, string> {
  return new Map(Object.entries(files).map(([path, manifest]) => [`prod/${path}`, stringify(manifest)]));
}

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
        price: { before: none, after: undefined },
      },
    ],
    access,
  };
}

function budgetChanged(before: number, after: number | undefined): Partial<EnvironmentChange> {
  const limits = { before: limitsOf({ maxBudget: before }), after: limitsOf({ maxBudget: after }) };
  return { teams: [{ team: 'search', limits, ceiling: { before, after } }] };
}
