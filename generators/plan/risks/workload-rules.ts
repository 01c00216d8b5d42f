import { isDeepStrictEqual } from 'node:util';
import { listAt, textAt, valueAt, type Path } from '../../../environments/schema/value-at.ts';
import { podSpecOf, shownObject, type ManifestChange, type ManifestRule } from './manifest-change.ts';

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

/** The image and chart references of an object. */
function artifactsOf(manifest: unknown): string[] {
  const pod = podSpecOf(manifest);
  const containers = [...listAt(pod, ['initContainers']), ...listAt(pod, ['containers'])];
  const images = containers.flatMap((container) => textAt(container, ['image']) ?? []);
  const version = textAt(manifest, ['spec', 'source', 'targetRevision']) ?? '';
  const chart = textAt(manifest, ['spec', 'source', 'chart']);
  // Argo CD takes no digest for these, and a version without one was looked up when it was imported.
  if (chart !== undefined && version.includes('@')) return [...images, `${chart}:${version}`];
  const address = textAt(manifest, ['spec', 'source', 'repoURL']) ?? '';
  return address.startsWith('oci://') ? [...images, `${address}:${version}`] : images;
}

/** New references to what anybody with the registry's rights may exchange, or that no registry has confirmed. */
export function looseArtifacts({ before, after }: ManifestChange): string[] {
  const known = new Set(artifactsOf(before));
  return artifactsOf(after)
    .filter((artifact) => !known.has(artifact) && !/@sha256:[0-9a-f]{64}$/.test(artifact))
    .map((artifact) =>
      artifact.endsWith('@sha256:unresolved')
        ? `${artifact.replace(/@.*/, '')} has no digest yet (the checksum that its registry gives), and no cluster can fetch it: npm run pin asks for it.`
        : `${artifact} is named without a digest, so its registry may hand out other content under that name: npm run pin fixes it.`,
    );
}
