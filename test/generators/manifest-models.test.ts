import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { validateManifests, type Manifest } from '../../generators/validate-manifests.ts';
import { SOUND_MANIFESTS } from './sound-manifests.ts';

interface Break {
  readonly apiVersion: string;
  readonly kind: string;
  /** The block that gets a field which nobody knows. */
  readonly block: string;
  /** A value of the wrong type at its field, and what is said of it. */
  readonly wrong: readonly [field: string, value: unknown, message: string];
}

const BREAKS: readonly Break[] = [
  breakOf('argoproj.io/v1alpha1', 'AppProject', 'spec.destinations.0', ['spec.sourceRepos', 'a', 'must be array']),
  breakOf('argoproj.io/v1alpha1', 'Application', 'spec.source.helm', [
    'spec.source.helm.values',
    { a: 1 },
    'must be string',
  ]),
  breakOf('cert-manager.io/v1', 'Certificate', 'spec.issuerRef', ['spec.dnsNames', 'a', 'must be array']),
  breakOf('cert-manager.io/v1', 'ClusterIssuer', 'spec.acme.solvers.0.http01.ingress', [
    'spec.acme.solvers.0.http01.ingress.ingressClassName',
    1,
    'must be string',
  ]),
  breakOf('v1', 'ConfigMap', 'metadata', ['data.a', 1, 'must be string']),
  breakOf('apps/v1', 'Deployment', 'spec.template.spec.volumes.1.configMap', ['spec.replicas', '3', 'must be integer']),
  breakOf('gateway.networking.k8s.io/v1', 'Gateway', 'spec.listeners.0.tls', [
    'spec.listeners.0.port',
    '443',
    'must be integer',
  ]),
  breakOf('gateway.networking.k8s.io/v1', 'HTTPRoute', 'spec.rules.0.timeouts', [
    'spec.rules.0.backendRefs.0.port',
    '4000',
    'must be integer',
  ]),
  breakOf('autoscaling/v2', 'HorizontalPodAutoscaler', 'spec.metrics.0.resource.target', [
    'spec.maxReplicas',
    '3',
    'must be integer',
  ]),
  breakOf('networking.k8s.io/v1', 'Ingress', 'spec.rules.0.http.paths.0.backend', [
    'spec.rules.0.http.paths.0.backend.service.port.number',
    '4000',
    'must be integer',
  ]),
  breakOf('batch/v1', 'Job', 'spec.template.spec.volumes.0.csi', ['spec.backoffLimit', '1', 'must be integer']),
  breakOf('v1', 'Namespace', 'metadata', ['metadata.labels.a', true, 'must be string']),
  breakOf('networking.k8s.io/v1', 'NetworkPolicy', 'spec.egress.0.to.0.ipBlock', [
    'spec.egress.0.ports.0.endPort',
    '10',
    'must be integer',
  ]),
  breakOf('policy/v1', 'PodDisruptionBudget', 'spec.selector', ['spec.selector', 'a', 'must be object']),
  breakOf('azmonitoring.coreos.com/v1', 'PodMonitor', 'spec.podMetricsEndpoints.0', [
    'spec.podMetricsEndpoints.0.port',
    1,
    'must be string',
  ]),
  breakOf('monitoring.coreos.com/v1', 'PodMonitor', 'spec.podMetricsEndpoints.0', [
    'spec.podMetricsEndpoints.0.port',
    1,
    'must be string',
  ]),
  breakOf('scheduling.k8s.io/v1', 'PriorityClass', 'metadata', ['value', '1000', 'must be integer']),
  breakOf('monitoring.coreos.com/v1', 'PrometheusRule', 'spec.groups.0.rules.0', [
    'spec.groups.0.rules.0.labels.severity',
    1,
    'must be string',
  ]),
  breakOf('keda.sh/v1alpha1', 'ScaledObject', 'spec.triggers.0', [
    'spec.triggers.0.metadata.threshold',
    1,
    'must be string',
  ]),
  breakOf('secrets-store.csi.x-k8s.io/v1', 'SecretProviderClass', 'spec.parameters', [
    'spec.parameters.clientID',
    1,
    'Invalid input: expected string, received number',
  ]),
  breakOf('v1', 'Service', 'spec.ports.0', ['spec.ports.0.port', '80', 'must be integer']),
  breakOf('v1', 'ServiceAccount', 'metadata', ['automountServiceAccountToken', 'false', 'must be boolean']),
  breakOf('azmonitoring.coreos.com/v1', 'ServiceMonitor', 'spec.endpoints.0', [
    'spec.labelLimit',
    '63',
    'must be integer',
  ]),
  breakOf('monitoring.coreos.com/v1', 'ServiceMonitor', 'spec.endpoints.0', ['spec.endpoints', {}, 'must be array']),
  breakOf('keda.sh/v1alpha1', 'TriggerAuthentication', 'spec.podIdentity', [
    'spec.podIdentity.provider',
    1,
    'must be string',
  ]),
];

const documents = parseAllDocuments(SOUND_MANIFESTS, { version: '1.1' });
const manifests = documents.map((document) => document.toJS() as Manifest);
const title = ({ apiVersion, kind }: Pick<Manifest, 'apiVersion' | 'kind'>) => `${apiVersion} ${kind}`;

describe('the models of the kinds that are rendered', () => {
  it('are tried one by one here', () => {
    expect(manifests.map(title).toSorted()).toEqual(BREAKS.map(title).toSorted());
  });

  it.each(manifests.map((manifest) => [title(manifest), manifest] as const))(
    'take %s with free keys where it may have them',
    (_title, manifest) => {
      expect(problemsOf(manifest)).toEqual([]);
    },
  );

  it.each(BREAKS.map((break_) => [title(break_), break_] as const))('find an unknown field of %s', (_title, break_) => {
    const manifest = copyOf(break_);
    setField(manifest, `${break_.block}.misspelt`, { a: 1 });

    expect(problemsOf(manifest)).toEqual([`${break_.block}.misspelt: unknown field`]);
  });

  it.each(BREAKS.map((break_) => [title(break_), break_] as const))('find a wrong type in %s', (_title, break_) => {
    const manifest = copyOf(break_);
    const [field, value, message] = break_.wrong;
    setField(manifest, field, value);

    expect(problemsOf(manifest)).toContain(`${field}: ${message}`);
  });
});

function breakOf(apiVersion: string, kind: string, block: string, wrong: Break['wrong']): Break {
  return { apiVersion, kind, block, wrong };
}

function copyOf(break_: Break): Manifest {
  const found = manifests.find((manifest) => title(manifest) === title(break_));
  return structuredClone(found) as Manifest;
}

function setField(manifest: Manifest, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let block = manifest as Record<string, unknown>;
  for (const key of keys) block = block[key] as Record<string, unknown>;
  block[last] = value;
}

function problemsOf(manifest: Manifest): string[] {
  const problems = validateManifests(new Map([['dev/a/A.a.yaml', manifest]]));
  return problems.map(({ field, message }) => `${field}: ${message.replace(/^\w+ a: /, '')}`);
}
