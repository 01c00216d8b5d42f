import type { Environment } from '../../environments/schema/environment.ts';
import { totalCeiling } from './budget-ceiling.ts';
import { compareAccess } from './compare-access.ts';
import { compareAzureDeployments } from './compare-azure-deployments.ts';
import { compareModels, findRenames } from './compare-models.ts';
import { compareKeys, compareTeams } from './compare-teams.ts';
import { compareValues } from './compare-values.ts';
import { findEndingKeys } from './find-ending-keys.ts';
import { findNewDestinations } from './find-destinations.ts';
import { findLowPrices } from './find-low-prices.ts';
import { findLoweredBudgets } from './find-lowered-budgets.ts';
import { findRefusals } from './find-refusals.ts';
import { environmentOf, type SideEnvironment } from './load-side.ts';
import { pairByName, type Pair } from './pair-by-name.ts';
import type { EnvironmentChange } from './plan.ts';
import { productionNames } from './production-names.ts';
import type { Side } from './read-side.ts';

export interface CompareOptions {
  /** Decides which keys have ended or will soon, and which of dated prices counts. */
  readonly now: Date;
}

type ComparedSide = Pick<Side, 'environments' | 'policy'>;

/** What people changed in each environment, those of production first. Environments without a change are left out. */
export function compareEnvironments(
  sides: { readonly base: ComparedSide; readonly head: ComparedSide },
  { now }: CompareOptions,
): EnvironmentChange[] {
  const production = productionNames(sides);
  return pairByName(sides.base.environments, sides.head.environments)
    .map((pair) => compareEnvironment(pair, { now, isProduction: production.has(pair.name) }))
    .filter((change) => !isEmpty(change))
    .toSorted((a, b) => Number(b.isProduction) - Number(a.isProduction));
}

function compareEnvironment(
  { name, before, after }: Pair<SideEnvironment>,
  { now, isProduction }: CompareOptions & { isProduction: boolean },
): EnvironmentChange {
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  const shown = { name, kind, isProduction } as const;
  const [old, current] = [read(before), read(after)];
  if (old === 'unreadable' || current === 'unreadable') return { ...shown, ...NOTHING_KNOWN };
  const models = [old?.models.model_list ?? [], current?.models.model_list ?? []] as const;
  const teams = [old?.teams ?? [], current?.teams ?? []] as const;
  const [teamChanges, keyChanges] = [compareTeams(...teams), compareKeys(...teams)];
  return {
    ...shown,
    isReadable: true,
    models: compareModels(...models, now),
    destinations: before === undefined ? [] : findNewDestinations(...models),
    lowPrices: findLowPrices(...models, now),
    azureDeployments: compareAzureDeployments(
      old?.settings.openai.deployments ?? [],
      current?.settings.openai.deployments ?? [],
    ),
    teams: teamChanges,
    keys: keyChanges,
    perhapsRefused: findLoweredBudgets(teamChanges, keyChanges),
    ceiling: { before: old && totalCeiling(old.teams), after: current && totalCeiling(current.teams) },
    ending: findEndingKeys(current?.teams ?? [], now),
    ...compareBoth(old, current, now),
    values: before === undefined || after === undefined ? [] : compareValues(before.files, after.files),
  };
}

/** What has a meaning only where an environment was there and still is. */
function compareBoth(
  before: Environment | undefined,
  after: Environment | undefined,
  now: Date,
): Pick<EnvironmentChange, 'renames' | 'access' | 'refused'> {
  if (before === undefined || after === undefined) return { renames: [], access: [], refused: [] };
  const renames = findRenames(before.models.model_list, after.models.model_list);
  const access = compareAccess(before, after);
  return { renames, access, refused: findRefusals(before, after, { renames, access, now }) };
}

function read(side: SideEnvironment | undefined): Environment | 'unreadable' | undefined {
  return side && (environmentOf(side) ?? 'unreadable');
}

const NOTHING_KNOWN = {
  isReadable: false,
  models: [],
  renames: [],
  destinations: [],
  lowPrices: [],
  azureDeployments: [],
  teams: [],
  keys: [],
  access: [],
  refused: [],
  perhapsRefused: [],
  ceiling: { before: undefined, after: undefined },
  values: [],
  ending: [],
} as const satisfies Partial<EnvironmentChange>;

function isEmpty({ kind, isReadable, models, azureDeployments, teams, keys, access, values }: EnvironmentChange) {
  const told = [models, azureDeployments, teams, keys, access, values];
  return kind === 'changed' && isReadable && told.every((list) => list.length === 0);
}
