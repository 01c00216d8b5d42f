import { isDeepStrictEqual } from 'node:util';
import { valueAt, type Path } from '../../../environments/schema/value-at.ts';
import { shownObject, type ManifestChange, type ManifestRule } from './manifest-change.ts';

const FIXED_SELECTOR = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);
const FEWEST_COPIES = 2;

/** Where each kind says how many copies run at the least, and what it means to leave that out. */
const COPIES: Readonly<Record<string, { path: Path; otherwise: number | undefined }>> = {
  Deployment: { path: ['spec', 'replicas'], otherwise: undefined },
  StatefulSet: { path: ['spec', 'replicas'], otherwise: 1 },
  HorizontalPodAutoscaler: { path: ['spec', 'minReplicas'], otherwise: 1 },
  ScaledObject: { path: ['spec', 'minReplicaCount'], otherwise: 0 },
};

/** Rules about the programs that run. */
export const WORKLOAD_RULES: readonly ManifestRule[] = [selectorChanged, serviceMoved, copiesLowered];

function selectorChanged(change: ManifestChange): string[] {
  if (!FIXED_SELECTOR.has(change.kind) || !differs(change, ['spec', 'selector'])) return [];
  return [
    `${shownObject(change)} changes its selector (the labels by which it knows its copies), which Kubernetes refuses: ` +
      'it has to be deleted and made anew, and nothing of it runs in between.',
  ];
}

function serviceMoved(change: ManifestChange): string[] {
  if (change.kind !== 'Service' || !differs(change, ['spec', 'selector'])) return [];
  return [`${shownObject(change)} changes its selector, so its requests go to other copies at once.`];
}

function copiesLowered(change: ManifestChange): string[] {
  const rule = COPIES[change.kind];
  if (rule === undefined || change.before === undefined || change.after === undefined) return [];
  const before = copiesOf(change.before, rule);
  const after = copiesOf(change.after, rule);
  if (after === undefined || after >= FEWEST_COPIES || after >= (before ?? Number.POSITIVE_INFINITY)) return [];
  const from = before === undefined ? '' : ` instead of ${before}`;
  if (after === 0) return [`${shownObject(change)} may go down to 0 copies${from}: nothing may be left that answers.`];
  return [
    `${shownObject(change)} keeps 1 copy at the least${from}: while that one is moved or fails, nobody is served.`,
  ];
}

function copiesOf(manifest: unknown, { path, otherwise }: { path: Path; otherwise: number | undefined }) {
  const copies = valueAt(manifest, path);
  return typeof copies === 'number' ? copies : otherwise;
}

function differs({ before, after }: ManifestChange, path: Path): boolean {
  if (before === undefined || after === undefined) return false;
  return !isDeepStrictEqual(valueAt(before, path), valueAt(after, path));
}
