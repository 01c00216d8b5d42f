import { counted, shownName, shownNames } from './headline-names.ts';
import type { AzureDeploymentChange, EnvironmentChange, ValueChange } from './plan.ts';

/** What Azure serves, what is pinned, and every other setting. */
export function settingClauses({ name, azureDeployments, values }: EnvironmentChange): string[] {
  const pins = values.filter(({ file }) => file.endsWith('/release.yaml'));
  const settings = values.filter(({ file }) => !file.endsWith('/release.yaml'));
  return [...azureClauses(azureDeployments), ...pinClauses(name, pins), ...valueClauses(settings)];
}

function azureClauses(deployments: readonly AzureDeploymentChange[]): string[] {
  const added = deployments.filter(({ model }) => model.before === undefined).map(({ name }) => name);
  const removed = deployments.filter(({ model }) => model.after === undefined).map(({ name }) => name);
  return [
    ...(added.length === 0 ? [] : [`Azure serves ${shownNames(added)} too`]),
    ...(removed.length === 0 ? [] : [`Azure no longer serves ${shownNames(removed)}`]),
    ...deployments.flatMap(changedDeployment),
  ];
}

function changedDeployment({ name, model, capacity }: AzureDeploymentChange): string[] {
  if (model.before === undefined || model.after === undefined) return [];
  const shown = shownName(name);
  const [before = 0, after = 0] = [capacity.before, capacity.after];
  const verb = after > before ? 'rises' : 'falls';
  return [
    ...(model.before === model.after ? [] : [`${shown} is ${model.after} in Azure from now on`]),
    ...(before === after
      ? []
      : [
          `the capacity of ${shown} ${verb} from ${before.toLocaleString('en-US')}k to ${after.toLocaleString('en-US')}k tokens a minute`,
        ]),
  ];
}

/** An image or chart has a version and a digest, and counts once. */
function pinClauses(environment: string, pins: readonly ValueChange[]): string[] {
  const byPin = Map.groupBy(pins, ({ path }) => path.split('.').slice(0, 2).join('.'));
  const gateway = byPin.get('images.gateway')?.find(({ path }) => path.endsWith('.version'));
  const others = programsOf(pins.filter(({ path }) => !path.startsWith('images.gateway.')));
  const ofGateway =
    gateway === undefined
      ? `${environment} gets ${shownBuild(byPin.get('images.gateway') ?? [])} of the gateway`
      : `${environment} goes from version ${gateway.before ?? 'none'} of the gateway to ${gateway.after ?? 'none'}`;
  return [...(byPin.has('images.gateway') ? [ofGateway] : []), ...otherPrograms(others, environment)];
}

/** Pins by the program that they are of: images whose name begins with that of a chart come with it. */
function programsOf(pins: readonly ValueChange[]): Map<string, ValueChange[]> {
  const charts = pins.flatMap(({ path }) => /^charts\.(\w+)\./.exec(path)?.[1] ?? []);
  return Map.groupBy(pins, ({ path }) => {
    const name = path.split('.')[1] ?? path;
    return charts.find((chart) => name === chart || name.startsWith(`${chart}_`)) ?? name;
  });
}

function otherPrograms(programs: ReadonlyMap<string, readonly ValueChange[]>, environment: string): string[] {
  const [only] = programs;
  if (only === undefined) return [];
  if (programs.size > 1) return manyPrograms([...programs.values()]);
  const [name, pins] = only;
  const versions = pins.filter(({ path }) => path.endsWith('.version'));
  const version = versions.find(({ path }) => path.startsWith('charts.')) ?? versions[0];
  if (version === undefined) return [`${environment} gets ${shownBuild(pins)} of ${shownName(name)}`];
  return [
    `${shownName(name)} goes from ${shownName(version.before ?? 'none')} to ${shownName(version.after ?? 'none')}`,
  ];
}

/** Of each program what weighs most: its version, its build, or that it has a digest now. */
function manyPrograms(programs: readonly (readonly ValueChange[])[]): string[] {
  const isOther = (pins: readonly ValueChange[]) => pins.some(({ path }) => path.endsWith('.version'));
  const versions = programs.filter(isOther);
  const [digests, builds] = [true, false].map((isFirst) =>
    programs.filter((pins) => !isOther(pins) && isFirstDigest(pins) === isFirst),
  );
  return [
    ...ofPrograms(versions.length, ['another version', 'other versions']),
    ...ofPrograms(builds?.length ?? 0, ['another build of its version', 'other builds of their versions']),
    ...ofPrograms(digests?.length ?? 0, ['a digest for its version', 'a digest for their versions']),
  ];
}

function ofPrograms(count: number, [one, many]: readonly [one: string, many: string]): string[] {
  if (count === 0) return [];
  return [`${counted(count, 'program')} of others ${count === 1 ? `gets ${one}` : `get ${many}`}`];
}

function shownBuild(pins: readonly ValueChange[]): string {
  return isFirstDigest(pins) ? 'a digest for the version' : 'another build of the same version';
}

/** A digest that nobody knew before changes nothing of what runs. */
function isFirstDigest(pins: readonly ValueChange[]): boolean {
  const isUnknown = (value: string | undefined) => value === undefined || value.endsWith('unresolved');
  return pins.every(({ before }) => isUnknown(before));
}

function valueClauses(values: readonly ValueChange[]): string[] {
  const [only] = values;
  if (only === undefined) return [];
  if (values.length > 1) return [`${counted(values.length, 'setting')} change`];
  return [
    `${shownName(only.path)} goes from ${shownName(only.before ?? 'not set')} to ${shownName(only.after ?? 'not set')}`,
  ];
}
