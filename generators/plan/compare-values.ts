import type { EnvironmentFiles } from '../../environments/schema/environment-files.ts';
import type { Model } from '../../environments/schema/model.ts';
import { deploymentsByModel } from './compare-models.ts';
import { flattenValues } from './flatten-values.ts';
import { byName, pairByName, type Pair } from './pair-by-name.ts';
import { pairDeployments } from './pair-deployments.ts';
import type { ValueChange } from './plan.ts';

// Everything that people write and that no other table of a plan shows: what is left out would be a lie.

type Values = ReadonlyMap<string, string>;

/** Settings, pins, settings of deployments and owners that differ, as they are written, by file and path. */
export function compareValues(before: EnvironmentFiles, after: EnvironmentFiles): ValueChange[] {
  return [
    ...differ(after.settings.file, settingsOf(before), settingsOf(after)),
    ...differ(after.release.file, flattenValues(before.release.input), flattenValues(after.release.input)),
    ...compareModelValues(before, after),
    ...compareOwners(before, after),
  ].toSorted((a, b) => inOrder(a.file, b.file) || inOrder(a.path, b.path));
}

/** What Azure OpenAI serves has a table of its own. */
function settingsOf({ settings }: EnvironmentFiles): Values {
  const values = flattenValues(settings.input);
  return new Map([...values].filter(([path]) => !path.startsWith('openai.deployments')));
}

/** What a model's own table does not show, of names that both sides have: those that come or go are told as a whole. */
function compareModelValues(before: EnvironmentFiles, after: EnvironmentFiles): ValueChange[] {
  const { file } = after.models;
  const [old, now] = [before.models.value, after.models.value];
  const pairs = pairByName(deploymentsByModel(old?.model_list ?? []), deploymentsByModel(now?.model_list ?? []));
  const [router, newRouter] = [old?.router_settings, now?.router_settings];
  return [
    ...pairs.flatMap((pair) => compareDeployments(file, pair)),
    ...differ(file, flattenValues({ router_settings: router }), flattenValues({ router_settings: newRouter })),
  ];
}

/** Such as `gpt-5.1.timeout`, or `gpt-5.1.2.timeout` where several deployments have the name. */
function compareDeployments(file: string, { name, before, after }: Pair<readonly Model[]>): ValueChange[] {
  if (before === undefined || after === undefined) return [];
  const pairs = pairDeployments(before, after);
  return pairs.flatMap((pair, index) => {
    const path = pairs.length === 1 ? name : `${name}.${index + 1}`;
    return differ(file, deploymentValues(pair.before, path), deploymentValues(pair.after, path));
  });
}

function deploymentValues(entry: Model | undefined, path: string): Values {
  const { model: _model, api_base: _base, ...params } = entry?.litellm_params ?? {};
  const {
    input_cost_per_token: _input,
    output_cost_per_token: _output,
    ...untold
  } = {
    ...entry?.model_info,
    ...params,
  };
  return flattenValues(untold, path);
}

function compareOwners(before: EnvironmentFiles, after: EnvironmentFiles): ValueChange[] {
  const ownersOf = ({ teams }: EnvironmentFiles) => byName(teams, ({ file }) => file);
  return pairByName(ownersOf(before), ownersOf(after)).flatMap(({ name: file, ...pair }) => {
    if (pair.before === undefined || pair.after === undefined) return [];
    const [old, now] = [pair.before.value?.owners, pair.after.value?.owners];
    return differ(file, flattenValues({ owners: old }), flattenValues({ owners: now }));
  });
}

function differ(file: string, before: Values, after: Values): ValueChange[] {
  return pairByName(before, after)
    .filter((pair) => pair.before !== pair.after)
    .map((pair) => ({ file, path: pair.name, before: pair.before, after: pair.after }));
}

function inOrder(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
