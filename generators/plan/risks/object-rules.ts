import { textAt, valueAt } from '../../../environments/schema/value-at.ts';
import { shownObject, type ManifestChange, type ManifestRule } from './manifest-change.ts';

/** What goes with an object of each kind that others lean on. */
const LOST_WITH: Readonly<Record<string, string>> = {
  Namespace: 'everything in it',
  PersistentVolumeClaim: 'the stored data that it holds',
  PersistentVolume: 'the stored data that it holds',
  StatefulSet: 'the programs that keep its data',
  CustomResourceDefinition: 'every object of that kind in the cluster',
  SecretProviderClass: 'the secrets that pods are given through it',
  Secret: 'the credentials in it',
  ClusterIssuer: 'the renewal of every certificate that it signed',
  Certificate: 'the renewal of that certificate',
  ServiceAccount: 'the rights of every pod that runs as it',
};

/** Rules about whether an object is there at all. */
export const OBJECT_RULES: readonly ManifestRule[] = [guardedDeletion, disruptionBudgetRemoved, applicationRemoved];

function guardedDeletion(change: ManifestChange): string[] {
  const lost = LOST_WITH[change.kind];
  if (lost === undefined || change.after !== undefined || change.before === undefined) return [];
  const object = shownObject(change);
  if (isKept(change.before))
    return [
      `${object} is no longer declared, and the cluster keeps it all the same, since it is guarded (Prune=false): ` +
        'delete it by hand if that is meant.',
    ];
  return [`${object} is deleted, and with it ${lost}.`];
}

function disruptionBudgetRemoved(change: ManifestChange): string[] {
  if (change.kind !== 'PodDisruptionBudget' || change.after !== undefined) return [];
  return [`${shownObject(change)} goes, which kept maintenance of the cluster from stopping every copy at once.`];
}

function applicationRemoved(change: ManifestChange): string[] {
  if (change.kind !== 'Application' || change.after !== undefined || isKept(change.before)) return [];
  const finalizers = valueAt(change.before, ['metadata', 'finalizers']);
  const isCascading = Array.isArray(finalizers) && finalizers.some((name) => String(name).startsWith('resources-'));
  return [
    isCascading
      ? `${shownObject(change)} goes, so Argo CD deletes everything that it had put into the cluster.`
      : `${shownObject(change)} goes; what it had put into the cluster stays there and nobody looks after it.`,
  ];
}

/** Argo CD leaves an object alone that says so, whatever Git says. */
function isKept(manifest: unknown): boolean {
  const options = textAt(manifest, ['metadata', 'annotations', 'argocd.argoproj.io/sync-options']) ?? '';
  return /\bPrune=false\b/.test(options);
}
