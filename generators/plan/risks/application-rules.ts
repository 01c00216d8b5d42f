import { listAt, textAt, valueAt } from '../../../environments/schema/value-at.ts';
import { listed } from '../print-text.ts';
import { shownObject, type ManifestChange, type ManifestRule } from './manifest-change.ts';

const AUTOMATED = ['spec', 'syncPolicy', 'automated'];

/** Rules about how Argo CD, which brings what is merged into the cluster, follows Git. */
export const APPLICATION_RULES: readonly ManifestRule[] = [
  followingEnded,
  pruneOff,
  selfHealOff,
  clusterChanged,
  sourcesOpened,
];

function followingEnded(change: ManifestChange): string[] {
  if (!isApplication(change) || !isOn(change.before, AUTOMATED) || isOn(change.after, AUTOMATED)) return [];
  return [`${shownObject(change)} no longer follows Git by itself: somebody has to start each update by hand.`];
}

function pruneOff(change: ManifestChange): string[] {
  if (!isTurnedOff(change, 'prune')) return [];
  return [`${shownObject(change)} no longer deletes what is taken out of Git (prune is off), so it goes on running.`];
}

function selfHealOff(change: ManifestChange): string[] {
  if (!isTurnedOff(change, 'selfHeal')) return [];
  return [
    `${shownObject(change)} no longer undoes what is changed by hand in the cluster (selfHeal is off), so what runs may differ from Git.`,
  ];
}

function clusterChanged(change: ManifestChange): string[] {
  const [from, to] = [change.before, change.after].map(clusterOf);
  if (!isApplication(change) || from === to) return [];
  return [
    `${shownObject(change)} goes to the cluster ${to ?? 'of no address'} from now on, not to ${from ?? 'that of no address'}.`,
  ];
}

function clusterOf(manifest: unknown): string | undefined {
  const destination = ['spec', 'destination'];
  return textAt(manifest, [...destination, 'server']) ?? textAt(manifest, [...destination, 'name']);
}

/** Where one place takes another's, the Applications tell it. */
function sourcesOpened(change: ManifestChange): string[] {
  const path = ['spec', 'sourceRepos'];
  const [before, after] = [listAt(change.before, path).map(String), listAt(change.after, path).map(String)];
  const added = after.filter((source) => !before.includes(source));
  const isWider = before.every((source) => after.includes(source)) && added.length > 0;
  if (change.kind !== 'AppProject' || change.before === undefined || !isWider) return [];
  return [
    `${shownObject(change)} lets Argo CD take what runs from ${listed(added)} too, not only from what it named before.`,
  ];
}

function isTurnedOff(change: ManifestChange, field: string): boolean {
  const path = [...AUTOMATED, field];
  if (!isApplication(change) || !isOn(change.after, AUTOMATED)) return false;
  return isOn(change.before, path) && !isOn(change.after, path);
}

function isApplication({ kind, before, after }: ManifestChange): boolean {
  return kind === 'Application' && before !== undefined && after !== undefined;
}

function isOn(manifest: unknown, path: readonly string[]): boolean {
  const value = valueAt(manifest, path);
  return typeof value === 'object' ? value !== null : value === true;
}
