import type { Model } from '../../environments/schema/model.ts';
import { shownDeployment } from './compare-models.ts';
import type { Change } from './plan.ts';

/**
 * The deployments of one name on both sides: those that are shown alike, and of the rest the first with the first, since
 * a deployment that is answered elsewhere is most often the same one. Undefined on a side that has no more.
 */
export function pairDeployments(before: readonly Model[], after: readonly Model[]): Change<Model | undefined>[] {
  const left = [...before];
  const alike = after.map((entry) => take(left, (old) => shownDeployment(old) === shownDeployment(entry)));
  const pairs = after.map((entry, index) => ({ before: alike[index] ?? left.shift(), after: entry }));
  return [...pairs, ...left.map((entry) => ({ before: entry, after: undefined }))];
}

/** The first that is wanted, which is then no longer there. */
function take(list: Model[], isWanted: (entry: Model) => boolean): Model | undefined {
  const index = list.findIndex(isWanted);
  return index === -1 ? undefined : list.splice(index, 1)[0];
}
