import {
  CHARTS,
  GATEWAY_REPOSITORY,
  IMAGES,
  type ChartKey,
  type ImageKey,
} from '../../environments/schema/artifacts.ts';
import { registryOf } from '../../environments/schema/azure-names.ts';
import type { EnvironmentSettings } from '../../environments/schema/environment-settings.ts';
import type { PlacedPin } from '../../environments/schema/release-pins.ts';
import { ArtifactFailure } from './artifact-failure.ts';
import { readRevision } from './read-revision.ts';
import type { RegistryClient, Source } from './registry-client.ts';

/** Which registry is asked in place of which: by the name that images carry; `*` stands for every one. */
export type RegistryMapping = ReadonlyMap<string, string>;

/** What the registry says of a pin's version. */
export interface Resolved {
  readonly digest: string;
  /** Of our own image alone: the commit in its label; undefined where it has none. */
  readonly commit?: string | undefined;
}

/** Where a pin is published: our own image in the environment's registry, all else at its maker's. */
export function sourceOf({ kind, key }: PlacedPin, settings: EnvironmentSettings): Source {
  if (key === 'gateway') return { registry: registryOf(settings), repository: GATEWAY_REPOSITORY };
  return kind === 'images' ? IMAGES[key as ImageKey] : CHARTS[key as ChartKey];
}

/** Asks for the digest of a pin's version. Throws an ArtifactFailure. */
export async function resolvePin(
  placed: PlacedPin,
  source: Source,
  client: RegistryClient,
  mapping: RegistryMapping,
): Promise<Resolved> {
  const asked = { ...source, registry: mapping.get(source.registry) ?? mapping.get('*') ?? source.registry };
  const { digest, manifest } = await client.fetchManifest(asked, placed.pin.version);
  const isChart = manifest.kind === 'chart';
  if (isChart !== (placed.kind === 'charts'))
    throw new ArtifactFailure(isChart ? 'that is a Helm chart, and no image' : 'that is an image, and no Helm chart');
  if (placed.key !== 'gateway') return { digest };
  return { digest, commit: await readRevision(asked, manifest, client) };
}
