import { listAt, textAt } from '../../../environments/schema/value-at.ts';
import { listed } from '../print-text.ts';
import { podSpecOf, type ManifestChange } from './manifest-change.ts';

/** New references to images and charts that no registry has confirmed, or whose content anybody may exchange. */
export function looseArtifacts(changes: readonly ManifestChange[]): string[] {
  const added = new Set(
    changes.flatMap(({ before, after }) => {
      const known = new Set(artifactsOf(before));
      return artifactsOf(after).filter((artifact) => !known.has(artifact));
    }),
  );
  const isUnresolved = (artifact: string) => artifact.endsWith('@sha256:unresolved');
  const unresolved = [...added].filter(isUnresolved).map((artifact) => artifact.replace(/@.*/, ''));
  const moving = [...added].filter((artifact) => !isUnresolved(artifact) && !/@sha256:[0-9a-f]{64}$/.test(artifact));
  return [
    ...sentence(
      unresolved,
      'no digest yet (the checksum that a registry gives), and no cluster can fetch',
      'asks for it',
    ),
    ...sentence(moving, 'no digest, so that a registry may hand out other content under the name of', 'fixes that'),
  ];
}

function sentence(artifacts: readonly string[], lack: string, fix: string): string[] {
  if (artifacts.length === 0) return [];
  const [have, them] = artifacts.length === 1 ? ['has', 'it'] : ['have', 'them'];
  return [`${listed(artifacts)} ${have} ${lack} ${them}: npm run pin ${fix}.`];
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
