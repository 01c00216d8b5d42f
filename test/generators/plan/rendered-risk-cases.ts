import { stringify } from 'yaml';
import { config, type Files, type RiskCase } from './risk-case.ts';

const DIGEST = `sha256:${'ab'.repeat(32)}`;

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
const sourced = (name: string, source: object, destination: object = { server: 'https://kubernetes.default.svc' }) => ({
  [`argocd/Application.${name}.yaml`]: { kind: 'Application', metadata: { name }, spec: { source, destination } },
});
const folder = (name: string, repoURL: string, targetRevision = 'main', path = `dist/prod/${name}`) =>
  sourced(name, { repoURL, targetRevision, path });
const chart = (repoURL: string, targetRevision = '1.0.0') =>
  sourced('cert-manager', { repoURL, targetRevision, chart: 'cert-manager' });
const project = (...sourceRepos: string[]) => ({
  'argocd/AppProject.prod.yaml': { kind: 'AppProject', metadata: { name: 'prod' }, spec: { sourceRepos } },
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
const denyAll = { podSelector: {}, policyTypes: ['Ingress', 'Egress'] };
const automated = { automated: { prune: true, selfHeal: true } };

const HERE = 'https://github.com/example/tollgate';
const ELSEWHERE = 'https://github.com/evil/tollgate';

/** Where Argo CD takes what it brings. */
const SOURCE_RISK_CASES: readonly RiskCase[] = [
  {
    what: 'Applications that follow another repository',
    fires: {
      before: { ...folder('gateway', HERE), ...folder('issuers', HERE) },
      after: { ...folder('gateway', ELSEWHERE), ...folder('issuers', ELSEWHERE) },
    },
    says: `takes gateway and issuers from dist/prod of ${ELSEWHERE} (branch main) instead of dist/prod of ${HERE} (branch main)`,
    silent: { before: folder('gateway', HERE), after: { ...folder('gateway', HERE), ...folder('issuers', HERE) } },
  },
  {
    what: 'an Application that follows another branch',
    fires: { before: folder('gateway', HERE), after: folder('gateway', HERE, 'mine') },
    says: `takes gateway from dist/prod of ${HERE} (branch mine) instead of dist/prod of ${HERE} (branch main)`,
    silent: { before: folder('gateway', HERE, 'mine'), after: folder('gateway', HERE, 'mine') },
  },
  {
    what: 'an Application that follows another environment',
    fires: { before: folder('gateway', HERE), after: folder('gateway', HERE, 'main', 'dist/dev/gateway') },
    says: 'takes gateway from dist/dev of',
    silent: { after: folder('gateway', HERE) },
  },
  {
    what: 'a chart from another registry',
    fires: { before: chart('cr.example.com/jetstack'), after: chart('cr.example.net/jetstack') },
    says: 'takes cert-manager from cr.example.net instead of cr.example.com',
    silent: { before: chart('cr.example.com/jetstack'), after: chart('cr.example.com/jetstack', '2.0.0') },
  },
  {
    what: 'an Application that goes to another cluster',
    fires: {
      before: folder('gateway', HERE),
      after: sourced('gateway', {}, { server: 'https://other.example.com' }),
    },
    says: 'Application gateway goes to the cluster https://other.example.com from now on, not to https://kubernetes.default.svc',
    silent: { after: folder('gateway', HERE) },
  },
  {
    what: 'a project that may take more',
    fires: { before: project(HERE), after: project(HERE, '*') },
    says: 'AppProject prod lets Argo CD take what runs from * too',
    silent: { before: project(HERE), after: project(ELSEWHERE) },
  },
];

/** What the rendered objects tell. */
export const RENDERED_RISK_CASES: readonly RiskCase[] = [
  ...SOURCE_RISK_CASES,
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
    says: 'a/b:2 has no digest, so that a registry may hand out other content',
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
];
