import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { REGIONS, REGIONS_WITHOUT_ZONES } from '../../environments/schema/azure-catalogue.ts';
import { loadEnvironment } from '../../environments/schema/load-environment.ts';
import { formatProblem } from '../../environments/schema/parse-yaml.ts';
import { infrastructureOf, type Infrastructure } from '../../generators/infrastructure/infra-parameters.ts';
import { renderContext } from '../../generators/render-context.ts';
import { makeTempFolder, removeFolder } from '../support/temp-folder.ts';
import { ROOT } from './infra-copy.ts';

/** An authored environment, with some of its settings written otherwise. */
export interface Edge {
  readonly title: string;
  readonly from: 'dev' | 'prod';
  /** Whole values of environment.yaml by their keys; undefined takes one away. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Values of its `gateway`, beside those that stay. */
  readonly gateway?: Readonly<Record<string, unknown>>;
}

/** With a suffix of three letters a vault's name has room for 17 more; a name with a long suffix has less. */
export const LONGEST_NAME = 'platform-europe-1';
const ID = 'b7a1c0de-0000-4000-8000-00000000000';
const HOSTS = { host_names: ['llm.dev.example.com', 'dev.example.com'], dns: { zone: 'dev.example.com' } };

/** Settings at the ends of what the schema allows. */
export const EDGES = [
  { title: 'dev', from: 'dev', settings: {} },
  { title: 'prod', from: 'prod', settings: {} },
  { title: 'the longest name', from: 'prod', settings: { name: LONGEST_NAME, name_suffix: 'a1z' } },
  { title: 'the longest suffix', from: 'dev', settings: { name: 'platform-eu1', name_suffix: '0a1b2c3d' } },
  { title: 'the shortest name', from: 'dev', settings: { name: 'a', name_suffix: '000' } },
  {
    title: 'the smallest address space',
    from: 'dev',
    settings: {
      network: {
        address_space: '192.168.255.192/26',
        subnets: {
          aks: '192.168.255.192/28',
          private_endpoints: '192.168.255.208/28',
          api_server: '192.168.255.224/28',
          ingress: '192.168.255.240/29',
        },
      },
      cluster: { system_pool: { min: 1, max: 1 }, user_pool: { min: 1, max: 1 } },
      ingress: { exposure: 'internal' },
    },
  },
  { title: 'a public ingress', from: 'prod', settings: { ...HOSTS, ingress: {}, argocd: {} } },
  { title: 'an internal ingress', from: 'dev', settings: { ingress: { exposure: 'internal' } } },
  {
    title: 'two zones and a public ingress',
    from: 'dev',
    settings: { cluster: { zones: [3, 1], system_pool: { min: 2, max: 3 }, user_pool: { min: 2, max: 4 } } },
  },
  {
    title: 'tokens for Postgres',
    from: 'dev',
    settings: {
      postgres: {
        sign_in: 'entra',
        administrators: [
          { object_id: `${ID}1`, name: 'gateway' },
          { object_id: `${ID}2`, name: "Platform's people", type: 'Group' },
          { object_id: `${ID}3`, name: 'ops@example.com', type: 'User' },
        ],
      },
    },
  },
  { title: 'LiteLLM in dev', from: 'dev', settings: { engine: 'litellm' } },
  { title: 'LiteLLM in prod', from: 'prod', settings: { engine: 'litellm' } },
  { title: 'the Gateway API', from: 'dev', settings: { ingress: { controller: 'gateway_api' } } },
  { title: 'long-term support', from: 'dev', settings: { cluster: { tier: 'Premium' } } },
  { title: 'KEDA', from: 'dev', settings: {}, gateway: { autoscaling: 'keda', prometheus_url: 'unset' } },
  { title: 'people who open Grafana', from: 'prod', settings: { argocd: { admin_group_id: `${ID}4` } } },
  {
    title: 'a cache of many shards',
    from: 'prod',
    settings: { redis: { sku: 'MemoryOptimized_M50', clustering: 'enterprise', high_availability: true } },
  },
  { title: "the apex of somebody else's zone", from: 'prod', settings: { host_names: ['example.com'] } },
  { title: 'zones for all but the nodes', from: 'dev', settings: { zone_redundant: true } },
  { title: 'a Prometheus in the cluster', from: 'prod', settings: { monitoring: 'operator' } },
  {
    title: 'nothing that can be left out',
    from: 'dev',
    settings: { dns: undefined, host_names: undefined, openai: undefined, alerts: undefined },
  },
] as const satisfies readonly Edge[];

/** dev and prod by turns in every region, with zones wherever it has them. */
export const REGIONAL: readonly Edge[] = REGIONS.map((location, index) => {
  const zones = (REGIONS_WITHOUT_ZONES as readonly string[]).includes(location) ? [] : [1, 2, 3];
  const pool = { min: 3, max: 6 };
  const settings = {
    location,
    cluster: { zones, system_pool: pool, user_pool: pool },
    ...(zones.length === 0 && { postgres: {} }),
  };
  return { title: location, from: index % 2 === 0 ? 'dev' : 'prod', settings };
});

/** What an edge gives to the templates. Throws what the schema has against it. */
export function infrastructureAt(edge: Edge): Infrastructure {
  const root = makeTempFolder();
  try {
    const { environment, problems } = loadEnvironment(writeEdge(root, edge), { now: new Date(0) });
    if (environment === undefined) throw new Error(problems.map(formatProblem).join('\n'));
    return infrastructureOf(renderContext(environment));
  } finally {
    removeFolder(root);
  }
}

function writeEdge(root: string, { from, settings, gateway }: Edge): string {
  const source = join(ROOT, 'environments', from);
  const authored = readYaml(source, 'environment.yaml') as { readonly gateway: object };
  const written: Record<string, unknown> = { ...authored, gateway: { ...authored.gateway, ...gateway }, ...settings };
  const folder = join(root, String(written['name']));
  cpSync(source, folder, { recursive: true });
  writeFileSync(join(folder, 'environment.yaml'), stringify(written));
  const release = readYaml(source, 'release.yaml') as { images: object };
  const litellm = { version: 'unresolved', digest: 'unresolved' };
  if (written['engine'] === 'litellm')
    writeFileSync(join(folder, 'release.yaml'), stringify({ ...release, images: { ...release.images, litellm } }));
  return folder;
}

function readYaml(folder: string, file: string): Readonly<Record<string, unknown>> {
  return parse(readFileSync(join(folder, file), 'utf8')) as Readonly<Record<string, unknown>>;
}
