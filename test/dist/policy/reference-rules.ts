import { environmentOf, type CommittedManifest, type KubernetesObject } from '../manifests.ts';
import type { Rule } from './rule.ts';
import { containersOf, workloadsOf, type Workload } from './workloads.ts';

// What a pod refers to is in the same environment and, where it has one, the same namespace.

interface Reference {
  readonly kind: string;
  readonly name: string;
}

/** Classes of priority that Kubernetes itself brings. */
const OF_KUBERNETES = ['system-cluster-critical', 'system-node-critical'];

/** Everything that must be there before a pod can start, of whatever kind. */
export function referencesOf(workload: Workload): Reference[] {
  const { pod } = workload;
  const volumes = (pod.volumes ?? []).flatMap(({ configMap, secret, csi }) => [
    ...named('ConfigMap', configMap?.name),
    ...named('Secret', secret?.secretName),
    ...named('SecretProviderClass', csi?.volumeAttributes?.secretProviderClass),
  ]);
  const variables = containersOf(workload).flatMap(({ env = [], envFrom = [] }) => [
    ...env.flatMap(({ valueFrom }) => [
      ...named('ConfigMap', valueFrom?.configMapKeyRef?.name),
      ...named('Secret', valueFrom?.secretKeyRef?.name),
    ]),
    ...envFrom.flatMap(({ configMapRef, secretRef }) => [
      ...named('ConfigMap', configMapRef?.name),
      ...named('Secret', secretRef?.name),
    ]),
  ]);
  const priority = OF_KUBERNETES.includes(pod.priorityClassName ?? '') ? undefined : pod.priorityClassName;
  return [
    { kind: 'ServiceAccount', name: pod.serviceAccountName ?? 'default' },
    ...named('PriorityClass', priority),
    ...volumes,
    ...variables,
  ];
}

/** The object that a workload refers to; for a Secret, the class that fills it. */
export function findReferred(
  manifests: readonly CommittedManifest[],
  { environment, object }: Workload,
  { kind, name }: Reference,
): CommittedManifest | undefined {
  return manifests.find((manifest) => {
    if (environmentOf(manifest) !== environment) return false;
    const { metadata } = manifest.object;
    if (metadata.namespace !== undefined && metadata.namespace !== object.metadata.namespace) return false;
    if (kind === 'Secret') return secretsFilledBy(manifest.object).includes(name);
    return manifest.object.kind === kind && metadata.name === name;
  });
}

export const referencesExist: Rule = (manifests) =>
  workloadsOf(manifests).flatMap((workload) =>
    referencesOf(workload)
      .filter((reference) => findReferred(manifests, workload, reference) === undefined)
      .map(({ kind, name }) => `${workload.path}: there is no ${kind} ${name}`),
  );

/** The driver fills a Secret only while a pod has the class mounted, and without it a pod never starts. */
export const filledSecretsAreMounted: Rule = (manifests) =>
  workloadsOf(manifests).flatMap((workload) => {
    const references = referencesOf(workload);
    const secrets = references.filter(({ kind }) => kind === 'Secret');
    return secrets
      .filter((secret) => {
        const filler = findReferred(manifests, workload, secret)?.object.metadata.name;
        return !references.some(({ kind, name }) => kind === 'SecretProviderClass' && name === filler);
      })
      .map(({ name }) => `${workload.path}: nothing fills the Secret ${name} while the pod starts`);
  });

/** What a SecretProviderClass copies into Secrets, by the names of those. */
function secretsFilledBy({ kind, spec }: KubernetesObject): string[] {
  if (kind !== 'SecretProviderClass') return [];
  const { secretObjects = [] } = spec as { secretObjects?: { secretName: string }[] };
  return secretObjects.map(({ secretName }) => secretName);
}

function named(kind: string, name: string | undefined): Reference[] {
  return name === undefined ? [] : [{ kind, name }];
}
