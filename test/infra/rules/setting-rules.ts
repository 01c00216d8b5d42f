import type { PredictedResource } from '../../../generators/infrastructure/predicted-resources.ts';
import { lastName, ofType, shortId, valueAt, type ResourceRule } from './rule.ts';
import { AKS, AKS_SETTINGS, KNOWN_NAMES, OPENAI, POSTGRES, SERVICE_SETTINGS, type Setting } from './setting-tables.ts';

export const SETTING_RULES: readonly ResourceRule[] = [
  {
    title: 'the cluster is private, knows no local account, keeps itself up to date and waits for streams',
    reason: 'Local accounts pass Entra by; what is not said outright changes with the next version of Azure.',
    find: (resources) => findOddSettings(resources, AKS_SETTINGS),
  },
  {
    title: 'services are set as they have to be',
    reason:
      'Each is a trap that deploys well: a registry that refuses imports, a vault by access policies, a Redis that answers MOVED.',
    find: (resources) => [...findOddSettings(resources, SERVICE_SETTINGS), ...findOddSubdomains(resources)],
  },
  {
    title: 'what Azure or an agent looks for by name is called so',
    reason: 'Under any other name it deploys, and is not found: no window, no logs, no database.',
    find: findUnknownNames,
  },
  {
    title: 'Postgres speaks TLS alone',
    reason: 'Both are settings of the server, beside its resource.',
    find: findPlainPostgres,
  },
  {
    title: 'pods find a node, and zones have one each',
    reason:
      'A taint on every pool keeps run-command, Argo CD and cert-manager out; fewer nodes than zones is one zone too many.',
    find: (resources) => ofType(resources, AKS).flatMap(findOddPools),
  },
];

function findOddSettings(resources: readonly PredictedResource[], settings: readonly Setting[]): string[] {
  return settings.flatMap(([type, path, ...values]) =>
    ofType(resources, type).flatMap((resource) => {
      const value = valueAt(resource, path);
      const isRight = values.some((each) =>
        each instanceof RegExp ? each.test(JSON.stringify(value)) : each === value,
      );
      if (isRight) return [];
      return [
        `${shortId(resource.id)}: ${path} is ${JSON.stringify(value)}, not ${values.map((each) => (each instanceof RegExp ? String(each) : JSON.stringify(each))).join(' or ')}`,
      ];
    }),
  );
}

function findUnknownNames(resources: readonly PredictedResource[]): string[] {
  return Object.entries(KNOWN_NAMES).flatMap(([type, { must, may = [] }]) => {
    const there = ofType(resources, type).map(({ id }) => lastName(id));
    return [
      ...must.filter((name) => !there.includes(name)).map((name) => `${type}: there is no ${name}`),
      ...there
        .filter((name) => ![...must, ...may].includes(name))
        .map((name) => `${type}: nobody looks for the name ${name}`),
    ];
  });
}

/** It cannot be changed, and tokens and endpoints work by it alone. */
function findOddSubdomains(resources: readonly PredictedResource[]): string[] {
  return ofType(resources, OPENAI)
    .filter((account) => valueAt(account, 'properties.customSubDomainName') !== account['name'])
    .map(({ id }) => `${shortId(id)}: customSubDomainName is not its name`);
}

function findPlainPostgres(resources: readonly PredictedResource[]): string[] {
  const configurations = ofType(resources, `${POSTGRES}/configurations`);
  const wanted = { require_secure_transport: 'on', ssl_min_protocol_version: 'TLSv1.2' };
  return ofType(resources, POSTGRES).flatMap(({ id }) =>
    Object.entries(wanted)
      .filter(
        ([name, value]) =>
          valueAt(
            configurations.find((each) => each.id === `${id}/configurations/${name}`),
            'properties.value',
          ) !== value,
      )
      .map(([name, value]) => `${shortId(id)}: ${name} is not ${value}`),
  );
}

interface Pool {
  readonly name: string;
  readonly mode: string;
  readonly nodeTaints?: readonly string[];
  readonly minCount: number;
  readonly availabilityZones: readonly string[];
}

function findOddPools(cluster: PredictedResource): string[] {
  const pools = valueAt(cluster, 'properties.agentPoolProfiles') as Pool[];
  const where = shortId(cluster.id);
  const open = pools.some(({ mode, nodeTaints = [] }) => mode === 'User' && nodeTaints.length === 0);
  return [
    ...(open ? [] : [`${where} has no pool without a taint`]),
    ...pools
      .filter(({ availabilityZones, minCount }) => minCount < availabilityZones.length)
      .map(({ name, minCount }) => `${where}: pool ${name} has ${minCount} nodes for more zones`),
  ];
}
