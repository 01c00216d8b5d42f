import type { AzureChange, AzureValueChange, ResourceChange } from '../plan.ts';
import { pairByName } from '../pair-by-name.ts';
import { describeAdded, describeChanged, describeRemoved } from './describe-resource.ts';
import { isRight, isRole, readSnapshot, type Snapshot, type SnapshotResource } from './read-snapshot.ts';
import { isResourceGroup, kindOf, rankOf } from './resource-kinds.ts';

/** Path below dist/ to text: all files of each environment of which one changed. */
type Files = ReadonlyMap<string, string>;

const OF_AZURE = /^([^/]+)\/infra\/(parameters|resources)\.json$/;

/** Whether a path below dist/ is told by this comparison, and by no other. */
export function isOfAzure(path: string): boolean {
  return OF_AZURE.test(path);
}

/** What environments are made of in Azure more, less or otherwise than before, production first. */
export function compareAzure(
  sides: { readonly before: Files; readonly after: Files },
  isProduction: (environment: string) => boolean,
): AzureChange[] {
  const paths = [...sides.before.keys(), ...sides.after.keys()].filter(
    (path) => isOfAzure(path) && sides.before.get(path) !== sides.after.get(path),
  );
  const names = [...new Set(paths.map((path) => path.slice(0, path.indexOf('/'))))].toSorted();
  return names
    .map((environment) => ({
      environment,
      isProduction: isProduction(environment),
      ...compareEnvironment(environment, sides.before, sides.after),
    }))
    .filter(({ resources, unknown, subscription }) => resources.length > 0 || (unknown ?? subscription) !== undefined)
    .toSorted((a, b) => Number(b.isProduction) - Number(a.isProduction));
}

type Compared = Pick<AzureChange, 'kind' | 'unknown' | 'subscription' | 'resources'>;

function compareEnvironment(environment: string, before: Files, after: Files): Compared {
  const kind = !hasAny(environment, before) ? 'added' : hasAny(environment, after) ? 'changed' : 'removed';
  const path = `${environment}/infra/resources.json`;
  const [old, now] = [before.get(path), after.get(path)];
  const nothing = { kind, resources: [] } as const;
  if (old === undefined && now === undefined) return { ...nothing, unknown: NEVER };
  if (old === undefined && kind === 'changed') return { ...nothing, unknown: NOT_BEFORE };
  if (now === undefined && kind === 'changed') return { ...nothing, unknown: NOT_AFTER };
  if (old === now) return { ...nothing, unknown: NOT_EVALUATED };
  const [from, to] = [readSide(old), readSide(now)];
  if (from === undefined || to === undefined) return { ...nothing, unknown: UNREADABLE };
  return { kind, ...compareSnapshots(environment, from, to) };
}

const NEVER = '`resources.json`, which says what there would be, was never rendered: that takes the Bicep compiler.';
const NOT_BEFORE = '`resources.json` is new, so there is nothing to compare it with.';
const NOT_AFTER = '`resources.json` is gone: `npm run render` with the Bicep compiler writes it.';
const NOT_EVALUATED =
  '`parameters.json` changed, and `resources.json`, which is made from it, did not. Either nothing in Azure depends on ' +
  'what changed, or it was rendered without the Bicep compiler: `npm run render` with `bicep` at hand tells.';
const UNREADABLE = '`resources.json` is not what `npm run render` writes, so it could not be compared.';

function hasAny(environment: string, files: Files): boolean {
  return [...files.keys()].some((path) => path.startsWith(`${environment}/`));
}

function readSide(text: string | undefined): Snapshot | undefined {
  return text === undefined ? { subscription: '', resources: new Map() } : readSnapshot(text);
}

function compareSnapshots(place: string, from: Snapshot, to: Snapshot): Pick<Compared, 'subscription' | 'resources'> {
  const isMoved = from.subscription !== to.subscription && from.subscription !== '' && to.subscription !== '';
  const pairs = pairByName(from.resources, to.resources);
  const added = pairs.flatMap((pair) => (pair.before === undefined && pair.after !== undefined ? [pair.after] : []));
  const removed = pairs.flatMap((pair) => (pair.after === undefined && pair.before !== undefined ? [pair.before] : []));
  const resources = pairs.flatMap(({ before, after }): ResourceChange[] => {
    if (before === undefined) return after === undefined ? [] : [describeAdded(after, place, isPartOf(after, added))];
    if (after === undefined)
      return [
        describeRemoved(before, place, {
          isPart: isPartOf(before, removed),
          successor: successorOf(before, added),
        }),
      ];
    const values = compareValues(before, after, isMoved);
    return values.length === 0 ? [] : [describeChanged(after, place, values)];
  });
  return {
    ...(isMoved && { subscription: { before: from.subscription, after: to.subscription } }),
    resources: resources.toSorted((a, b) => rankOf(a.type) - rankOf(b.type)),
  };
}

/** Whether one of the others is what it belongs to: its parent, what it is about, or the service behind an endpoint. */
function isPartOf(resource: SnapshotResource, others: readonly SnapshotResource[]): boolean {
  const id = resource.id.toLowerCase();
  const [, service] = [...resource.values].find(([path]) => path.endsWith('.privateLinkServiceId')) ?? [];
  return others.some((other) => {
    const owner = other.id.toLowerCase();
    return !isResourceGroup(other.type) && (id.startsWith(`${owner}/`) || service?.toLowerCase() === owner);
  });
}

/** Of what lasts: the one that takes its place under another name. */
function successorOf(gone: SnapshotResource, added: readonly SnapshotResource[]): SnapshotResource | undefined {
  if (kindOf(gone.type).holds === undefined) return undefined;
  return added.find(({ type }) => type === gone.type);
}

function compareValues(before: SnapshotResource, after: SnapshotResource, isMoved: boolean): AzureValueChange[] {
  const ids = { before: before.name, after: after.name };
  const isNewId = (isRight(after.type) || isRole(after.type)) && ids.before !== ids.after && !isMoved;
  const values = pairByName(before.values, after.values)
    .filter((pair) => pair.before !== pair.after)
    .map((pair) => ({ path: pair.name, before: pair.before, after: pair.after }));
  return isNewId ? [{ path: 'name', ...ids }, ...values] : values;
}
