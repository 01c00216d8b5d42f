import { textAt } from '../../../environments/schema/value-at.ts';
import { listed } from '../print-text.ts';
import type { ManifestChange } from './manifest-change.ts';

/** Where Argo CD takes what it brings into the cluster from, where that is another place than before. */
export function sourcesMoved(changes: readonly ManifestChange[]): string[] {
  const moves = changes.flatMap((change) => moveOf(change) ?? []);
  const byPlaces = Map.groupBy(moves, ({ from, to }) => `${from}\n${to}`);
  return [...byPlaces.values()].map((group) => sentence(group));
}

interface Move {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

function moveOf({ kind, name, before, after }: ManifestChange): Move | undefined {
  if (kind !== 'Application' || before === undefined || after === undefined) return undefined;
  const [from, to] = [placeOf(before), placeOf(after)];
  return from === to ? undefined : { name, from, to };
}

function sentence(group: readonly Move[]): string {
  const [{ from, to } = { from: '', to: '' }] = group;
  const names = listed(group.map(({ name }) => name));
  return (
    `Argo CD, which puts into the cluster what it reads, takes ${names} from ${to} instead of ${from}: ` +
    'whoever may write there decides from now on what runs here.'
  );
}

/** A chart's is the registry alone: what it holds is pinned by a digest. */
function placeOf(application: unknown): string {
  const field = (name: string) => textAt(application, ['spec', 'source', name]);
  const address = field('repoURL') ?? 'nowhere';
  if (field('chart') !== undefined || address.startsWith('oci://')) return registryOf(address);
  return `${folderOf(field('path'))} of ${address} (branch ${field('targetRevision') ?? 'HEAD'})`;
}

function registryOf(address: string): string {
  return address.replace(/^[a-z]+:\/\//, '').replace(/\/.*/s, '');
}

/** Every Application has a folder of its own, dist/<environment>/<its name>: what comes before that is what they share. */
function folderOf(path: string | undefined): string {
  return path === undefined ? 'the top' : path.replace(/\/[^/]*$/, '');
}
