import type { Destination, EnvironmentChange, Limits, LowPrice, ValueChange } from '../plan.ts';
import { writtenUsd } from '../print-money.ts';
import { listed } from '../print-text.ts';

// What the authored files alone tell.

interface ValueRisk {
  readonly path: RegExp;
  /** Undefined where this change is harmless. */
  readonly says: (change: { before: string; after: string }) => string | undefined;
}

const UNSET = 'not set';

const VALUE_RISKS: readonly ValueRisk[] = [
  {
    path: /^engine$/,
    says: ({ before, after }) =>
      `The engine changes from ${before} to ${after}: another program answers, and what only the old one knows (running budgets, keys made at run time) does not move along.`,
  },
  {
    path: /^name_suffix$/,
    says: ({ before, after }) =>
      `name_suffix changes from ${before} to ${after}: every Azure resource whose name ends with it would be made anew and empty, beside the old one with its data.`,
  },
  {
    path: /^repository(\.url)?$/,
    says: ({ before, after }) =>
      `Argo CD, which puts into the cluster what it reads, follows the repository ${after} instead of ${before}: whoever may write there decides from now on what runs here, and no review in this repository does.`,
  },
  {
    path: /^repository\.branch$/,
    says: ({ before, after }) => {
      const [from, to] = [before, after].map((branch) => (branch === UNSET ? 'main' : branch));
      return from === to
        ? undefined
        : `Argo CD, which puts into the cluster what it reads, follows the branch ${to} instead of ${from}: whoever may push there decides from now on what runs here, and what is merged into ${from} no longer arrives.`;
    },
  },
  {
    path: /^network\.address_space$/,
    says: ({ before, after }) =>
      `The address space changes from ${before} to ${after}: the network and everything in it (cluster, database, cache) would have to be made anew.`,
  },
  {
    path: /^location$/,
    says: ({ before, after }) =>
      `The location changes from ${before} to ${after}: no Azure resource can move, so all would have to be made anew.`,
  },
  {
    path: /^gateway\.internet_egress$/,
    says: ({ after }) =>
      after === 'false'
        ? undefined
        : 'The gateway may now reach the whole internet, not only what lies in its own network.',
  },
  {
    path: /^ingress\.exposure$/,
    says: ({ after }) =>
      after === 'internal'
        ? undefined
        : 'The gateway can be reached from the internet from now on, not only from the private network.',
  },
  {
    path: /^key_vault\.purge_protection$/,
    says: ({ after }) =>
      after === 'true'
        ? undefined
        : 'Purge protection of the vault is given up: a deleted credential can be destroyed for good (Azure refuses this for a vault that has it).',
  },
  {
    path: /^(postgres|redis)\.high_availability$/,
    says: ({ before, after }) =>
      /^(not set|false|disabled|none)$/.test(before) || !/^(not set|false|disabled|none)$/.test(after)
        ? undefined
        : 'High availability of a data store is switched off: when its one machine fails, it is away until Azure has replaced it.',
  },
  {
    path: /^certificates\.issuer$/,
    says: ({ after }) =>
      after === 'letsencrypt-staging'
        ? 'Certificates come from a test authority from now on, which no client trusts.'
        : undefined,
  },
];

/** Sentences about one environment, from what people wrote. */
export function authoredRisks(change: EnvironmentChange): string[] {
  if (change.kind === 'removed') return [];
  return [
    ...(change.kind === 'added' ? [] : change.values.flatMap(valueRisk)),
    ...change.destinations.map(newDestination),
    ...change.lowPrices.map(lowPrice),
    ...modelsInUse(change),
    ...budgetsRemoved(change),
  ];
}

/** Whether something changed that the gateway's configuration always shows. */
export function changesConfig({ models, teams, keys }: EnvironmentChange): boolean {
  return models.length + teams.length + keys.length > 0;
}

function valueRisk({ path, before = UNSET, after = UNSET }: ValueChange): string[] {
  return VALUE_RISKS.filter((risk) => risk.path.test(path)).flatMap(({ says }) => says({ before, after }) ?? []);
}

function newDestination({ model, host, credential }: Destination): string {
  const key = credential === undefined ? 'without a credential' : `with the credential ${credential}`;
  return `Prompts for ${model} go to ${host} from now on, ${key}: whoever answers there reads both.`;
}

function lowPrice({ model, own, listed }: LowPrice): string {
  return (
    `${model} counts as ${writtenUsd(own)} for a million tokens that are sent, and the price list says ${writtenUsd(listed)}: ` +
    'budgets that are counted with it let more be spent than they say.'
  );
}

function modelsInUse({ models, access }: EnvironmentChange): string[] {
  return models
    .filter(({ deployments }) => deployments.before !== undefined && deployments.after === undefined)
    .flatMap(({ model }) => {
      const users = access.filter((entry) => entry.kind === 'loses' && entry.model === model);
      const names = [...new Set(users.map(({ team, key }) => (key === undefined ? `team ${team}` : `key ${key}`)))];
      if (names.length === 0) return [];
      return [`The name ${model} goes while ${listed(names)} may use it: requests that still name it are refused.`];
    });
}

function budgetsRemoved({ teams, keys }: EnvironmentChange): string[] {
  const hadBudget = ({ limits }: { limits: { before: Limits | undefined; after: Limits | undefined } }) =>
    limits.before?.maxBudget !== undefined && limits.after !== undefined && limits.after.maxBudget === undefined;
  return [
    ...teams.filter(hadBudget).map(({ team }) => `Team ${team} has no budget any more: nothing stops what it spends.`),
    ...keys
      .filter(hadBudget)
      .map(
        ({ alias, team }) => `Key ${alias} has no budget of its own any more: it may spend all that team ${team} may.`,
      ),
  ];
}
