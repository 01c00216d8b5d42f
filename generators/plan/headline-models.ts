import type { EnvironmentChange, ModelChange, Price } from './plan.ts';
import { shownNames } from './headline-names.ts';

/** Names that come, go or change, what they cost, and who may use them from now on. */
export function modelClauses(change: EnvironmentChange): string[] {
  const { renames } = change;
  const renamed = new Set(renames.flatMap(({ before, after }) => [before, after]));
  const others = change.models.filter(({ model }) => !renamed.has(model));
  const removed = others.filter(({ deployments }) => deployments.after === undefined).map(({ model }) => model);
  const told = new Set([...renamed, ...removed]);
  return [
    ...renames.map(
      ({ before, after }) => `${before} is called ${after} from now on, and requests for ${before} are refused`,
    ),
    ...newModels(others, change),
    ...removed.map((model) => removedModel(model, change)),
    ...otherDeployments(others),
    ...prices(others),
    ...accessClauses(change, told),
  ];
}

/** A model that somebody gains is told with them. */
function newModels(models: readonly ModelChange[], { access }: EnvironmentChange): string[] {
  const gained = new Set(access.filter(({ kind }) => kind === 'gains').map(({ model }) => model));
  const names = models
    .filter(({ model, deployments }) => deployments.before === undefined && !gained.has(model))
    .map(({ model }) => model);
  return names.length === 0 ? [] : [`${shownNames(names)} ${names.length === 1 ? 'is' : 'are'} new`];
}

function removedModel(model: string, { access }: EnvironmentChange): string {
  const losing = access.filter((entry) => entry.kind === 'loses' && entry.model === model).map(shownCaller);
  if (losing.length === 0) return `${model} is removed`;
  return `${model} is removed, and ${shownNames(losing)} ${losing.length === 1 ? 'loses' : 'lose'} it`;
}

function otherDeployments(models: readonly ModelChange[]): string[] {
  const elsewhere: string[] = [];
  const clauses = models.flatMap(({ model, deployments: { before, after } }) => {
    if (before === undefined || after === undefined || before.join('\n') === after.join('\n')) return [];
    const [added, gone] = [without(after, before), without(before, after)];
    if (gone.length === 0 && added.length > 0) return [`${model} is also answered by ${shownNames(added)}`];
    if (added.length === 0 && gone.length > 0) return [`${model} is no longer answered by ${shownNames(gone)}`];
    if (added.length > 0) elsewhere.push(model);
    return [];
  });
  if (elsewhere.length === 0) return clauses;
  return [`${shownNames(elsewhere)} ${elsewhere.length === 1 ? 'is' : 'are'} answered elsewhere`, ...clauses];
}

/** Two deployments of one name may be at one address: each takes one away. */
function without(names: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return names.filter((name) => {
    const index = left.indexOf(name);
    if (index !== -1) left.splice(index, 1);
    return index === -1;
  });
}

function prices(models: readonly ModelChange[]): string[] {
  const verbs = models.flatMap((change) => {
    const verb = pricesVerb(change);
    return verb === undefined ? [] : [{ model: change.model, verb }];
  });
  return ['rises', 'falls', 'changes'].flatMap((verb) => {
    const names = verbs.filter((entry) => entry.verb === verb).map(({ model }) => model);
    return names.length === 0 ? [] : [`the price of ${shownNames(names)} ${verb}`];
  });
}

/** A price rises or falls where all deployments that stay agree; one that comes or goes alone moves none. */
function pricesVerb({ deployments, prices: { before, after } }: ModelChange): string | undefined {
  if (before === undefined || after === undefined) return undefined;
  const [old = [], now = []] = [deployments.before, deployments.after];
  const places =
    old.length === now.length
      ? now.map((_, index) => [index, index] as const)
      : now.flatMap((name, index) => (old.includes(name) ? [[old.indexOf(name), index] as const] : []));
  const verbs = new Set(places.flatMap(([from, to]) => priceVerb(before[from], after[to]) ?? []));
  return verbs.size > 1 ? 'changes' : [...verbs][0];
}

function priceVerb(before: Price | undefined, after: Price | undefined): string | undefined {
  const deltas = (['input', 'output'] as const).map((side) => (after?.[side] ?? 0) - (before?.[side] ?? 0));
  const isUnknown = [before, after].some((price) => price?.input === undefined || price.output === undefined);
  if (isUnknown) return deltas.every((delta) => delta === 0) ? undefined : 'changes';
  if (deltas.every((delta) => delta === 0)) return undefined;
  if (deltas.every((delta) => delta >= 0)) return 'rises';
  return deltas.every((delta) => delta <= 0) ? 'falls' : 'changes';
}

/** Callers that gain or lose the same models share a clause; teams that come or go are told as such. */
function accessClauses({ access, teams }: EnvironmentChange, told: ReadonlySet<string>): string[] {
  const moving = new Set(
    teams
      .filter(({ limits: { before, after } }) => before === undefined || after === undefined)
      .map(({ team }) => team),
  );
  const changes = access.filter(({ team, model }) => !moving.has(team) && !told.has(model));
  const callers = Map.groupBy(changes, (entry) => `${entry.kind} ${shownCaller(entry)}`);
  const sameModels = Map.groupBy([...callers.values()], (entries) =>
    [entries[0]?.kind, ...entries.map(({ model }) => model)].join(' '),
  );
  return [...sameModels.values()].flatMap((group) => {
    const [entries = []] = group;
    const names = group.flatMap(([first]) => (first === undefined ? [] : shownCaller(first)));
    const verb = entries[0]?.kind === 'gains' ? 'gain' : 'lose';
    const models = shownNames(entries.map(({ model }) => model));
    return [`${shownNames(names)} ${verb}${names.length === 1 ? 's' : ''} ${models}`];
  });
}

function shownCaller({ team, key }: { team: string; key?: string }): string {
  return key === undefined ? team : `key ${key}`;
}
