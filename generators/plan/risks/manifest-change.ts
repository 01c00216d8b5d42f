import { parse } from 'yaml';
import { textAt, valueAt } from '../../../environments/schema/value-at.ts';

/** One Kubernetes object on both sides; absent on a side that has no such file. */
export interface ManifestChange {
  readonly kind: string;
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Sentences about one object; none where there is nothing to fear. */
export type ManifestRule = (change: ManifestChange) => readonly string[];

/** The objects below `dist/<environment>/` that differ. A text that is not YAML counts as absent. */
export function manifestChanges(
  environment: string,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): ManifestChange[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  return paths
    .filter((path) => path.startsWith(`${environment}/`) && path.endsWith('.yaml'))
    .filter((path) => before.get(path) !== after.get(path))
    .map((path) => changeOf(readManifest(before.get(path)), readManifest(after.get(path))));
}

/** `Deployment gateway`, as people say it. */
export function shownObject({ kind, name }: ManifestChange): string {
  return `${kind} ${name}`;
}

/** The object that a text holds; undefined where there is none. */
export function readManifest(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    const manifest: unknown = parse(text, { maxAliasCount: 0 });
    return manifest ?? undefined;
  } catch {
    return undefined;
  }
}

/** The pod template of a workload, or that of its jobs. */
export function podSpecOf(manifest: unknown): unknown {
  return (
    valueAt(manifest, ['spec', 'template', 'spec']) ??
    valueAt(manifest, ['spec', 'jobTemplate', 'spec', 'template', 'spec'])
  );
}

function changeOf(before: unknown, after: unknown): ManifestChange {
  const present = after ?? before;
  return {
    kind: textAt(present, ['kind']) ?? 'Object',
    name: textAt(present, ['metadata', 'name']) ?? 'without a name',
    before,
    after,
  };
}
