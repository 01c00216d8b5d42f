import { isDeepStrictEqual } from 'node:util';
import { redactSecrets } from '../../environments/schema/find-secrets.ts';
import { referencedVariable } from '../../environments/schema/identifiers.ts';
import type { Model } from '../../environments/schema/model.ts';
import { findPrice } from './find-price.ts';
import { pairByName } from './pair-by-name.ts';
import type { Change, ModelChange } from './plan.ts';

/** The models whose deployments or prices differ, by name. Dated prices are those of `now` on both sides. */
export function compareModels(before: readonly Model[], after: readonly Model[], now: Date): ModelChange[] {
  return pairByName(deploymentsByModel(before), deploymentsByModel(after)).flatMap((pair): ModelChange[] => {
    const deployments = { before: pair.before?.map(shownDeployment), after: pair.after?.map(shownDeployment) };
    const prices = { before: pricesOf(pair.before, now), after: pricesOf(pair.after, now) };
    const isSame =
      isDeepStrictEqual(deployments.before, deployments.after) && isDeepStrictEqual(prices.before, prices.after);
    return isSame ? [] : [{ model: pair.name, deployments, prices }];
  });
}

/** Names that go and names that come with the very same deployments behind them. */
export function findRenames(before: readonly Model[], after: readonly Model[]): Change<string>[] {
  const pairs = pairByName(deploymentsByModel(before), deploymentsByModel(after));
  const added = pairs.filter((pair) => pair.before === undefined);
  const renames: Change<string>[] = [];
  for (const gone of pairs.filter((pair) => pair.after === undefined)) {
    const index = added.findIndex(({ after: entries }) => isSameService(gone.before, entries));
    const [found] = index === -1 ? [] : added.splice(index, 1);
    if (found !== undefined) renames.push({ before: gone.name, after: found.name });
  }
  return renames;
}

/** The deployments behind each name, in an order that does not depend on how they are written. */
export function deploymentsByModel(models: readonly Model[]): Map<string, Model[]> {
  const groups = Map.groupBy(models, ({ model_name: name }) => name);
  return new Map([...groups].map(([name, entries]) => [name, entries.toSorted(inShownOrder)]));
}

/** `azure/gpt-5.1 at AZURE_OPENAI_ENDPOINT`: provider, what the upstream calls it, and where that is. */
export function shownDeployment({ litellm_params: { model, api_base: base } }: Model): string {
  return base === undefined ? model : redactSecrets(`${model} at ${referencedVariable(base) ?? base}`);
}

function inShownOrder(a: Model, b: Model): number {
  const [left, right] = [`${shownDeployment(a)} ${JSON.stringify(a)}`, `${shownDeployment(b)} ${JSON.stringify(b)}`];
  return left < right ? -1 : 1;
}

function pricesOf(entries: readonly Model[] | undefined, now: Date) {
  return entries?.map((entry) => findPrice(entry, now));
}

function isSameService(before: readonly Model[] | undefined, after: readonly Model[] | undefined): boolean {
  return isDeepStrictEqual(before?.map(withoutName), after?.map(withoutName));
}

function withoutName({ litellm_params, model_info }: Model): Omit<Model, 'model_name'> {
  return { litellm_params, model_info };
}
