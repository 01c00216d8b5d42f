import { z } from 'zod';
import { ArtifactFailure } from './artifact-failure.ts';

const INDEX_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];

/** What we accept: indexes of several platforms, and manifests of one. */
export const MANIFEST_TYPES = [
  ...INDEX_TYPES,
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

const HELM_CONFIG = 'application/vnd.cncf.helm.config.v1+json';

const Descriptor = z.object({ mediaType: z.string(), digest: z.string() });
const Platform = z.object({ os: z.string(), architecture: z.string() });

const ManifestJson = z.object({
  schemaVersion: z.literal(2),
  config: Descriptor.optional(),
  manifests: z.array(Descriptor.extend({ platform: Platform.optional() })).optional(),
});

/** What a tag names. */
export type Manifest =
  | { readonly kind: 'index'; readonly manifests: NonNullable<z.infer<typeof ManifestJson>['manifests']> }
  | { readonly kind: 'image' | 'chart'; readonly configDigest: string };

/** Reads a manifest's bytes. Throws an ArtifactFailure where they are none. */
export function parseManifest(body: Buffer, contentType: string | null): Manifest {
  const type = contentType?.split(';', 1)[0]?.trim() ?? '';
  if (!MANIFEST_TYPES.includes(type))
    throw new ArtifactFailure(
      `the registry answers with ${type || 'no type'}, which is no manifest: is that address a registry?`,
    );
  const { config, manifests } = parseJson(body);
  if (INDEX_TYPES.includes(type) && manifests !== undefined) return { kind: 'index', manifests };
  if (config === undefined) throw new ArtifactFailure('the registry sends a manifest without a configuration');
  return { kind: config.mediaType === HELM_CONFIG ? 'chart' : 'image', configDigest: config.digest };
}

function parseJson(body: Buffer): z.infer<typeof ManifestJson> {
  try {
    return ManifestJson.parse(JSON.parse(body.toString()));
  } catch {
    throw new ArtifactFailure('the registry sends a manifest that cannot be read');
  }
}
