import { z } from 'zod';
import { ArtifactFailure } from './artifact-failure.ts';
import type { Manifest } from './manifest.ts';
import type { RegistryClient, Source } from './registry-client.ts';

/** https://github.com/opencontainers/image-spec/blob/main/annotations.md */
const REVISION_LABEL = 'org.opencontainers.image.revision';

const ImageConfig = z.object({
  config: z.object({ Labels: z.record(z.string(), z.string()).nullish() }).nullish(),
});

/** The commit that an image's label names; undefined where it has none. Throws an ArtifactFailure. */
export async function readRevision(
  source: Source,
  manifest: Manifest,
  client: RegistryClient,
): Promise<string | undefined> {
  if (manifest.kind === 'index') {
    const digest = imageOfNodes(manifest.manifests);
    const image = await client.fetchManifest(source, digest);
    if (image.manifest.kind === 'index') throw new ArtifactFailure('an index within an index: publish one image');
    return readRevision(source, image.manifest, client);
  }
  const config = ImageConfig.safeParse(await client.fetchJson(source, manifest.configDigest));
  const revision = config.data?.config?.Labels?.[REVISION_LABEL];
  return revision !== undefined && /^[0-9a-f]{40}$/.test(revision) ? revision : undefined;
}

/** The image for the nodes that we run on, or the only one. */
function imageOfNodes(manifests: Extract<Manifest, { kind: 'index' }>['manifests']): string {
  const ofNodes = manifests.find(({ platform }) => platform?.os === 'linux' && platform.architecture === 'amd64');
  const chosen = ofNodes ?? (manifests.length === 1 ? manifests[0] : undefined);
  if (chosen === undefined) throw new ArtifactFailure('the index has no image for linux/amd64');
  return chosen.digest;
}
