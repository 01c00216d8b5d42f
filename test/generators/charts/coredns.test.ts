import { isIPv4 } from 'node:net';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { EnvironmentSettings } from '../../../environments/schema/environment-settings.ts';
import { privateDnsZones } from '../../../generators/private-dns-zones.ts';
import { renderEnvironments } from '../../../generators/render.ts';
import { exampleEnvironment, exampleSettings } from '../example-environment.ts';

const PUBLIC = { ...exampleSettings, dns: { zone: 'llm.example.com' } };
const INTERNAL = { ...PUBLIC, ingress: { exposure: 'internal' } };
const VARIANTS = [
  { title: 'a public gateway', settings: PUBLIC },
  { title: 'an internal gateway', settings: INTERNAL },
  { title: 'a gateway without a zone', settings: exampleSettings },
  { title: 'another region', settings: { ...PUBLIC, location: 'westeurope' } },
];

describe.each(VARIANTS)('coredns-custom of $title', ({ settings }) => {
  const blocks = blocksOf(settings);

  it('adds server blocks, and touches nothing of the default one', () => {
    expect(Object.keys(configMapOf(settings).data).filter((key) => !/^[a-z-]+\.server$/.test(key))).toEqual([]);
  });

  it('gives each zone to one block, on the port of DNS, and none of them is the root', () => {
    const zones = blocks.flatMap((block) => block.zones);

    expect(new Set(zones).size).toBe(zones.length);
    expect(zones.filter((zone) => !/^([a-z0-9-]+\.)+[a-z]+:53$/.test(zone))).toEqual([]);
  });

  it('sends every zone of the table, and no other, to the DNS of the virtual network', () => {
    const { location } = EnvironmentSettings.parse(settings);
    const zones = [...privateDnsZones(location).values()].flatMap(({ parentZones, privateZones }) => [
      ...parentZones,
      ...privateZones,
    ]);
    const [block] = blocks.filter(({ resolvers }) => resolvers.includes('168.63.129.16'));

    expect(block?.resolvers).toEqual(['168.63.129.16']);
    expect(block?.zones.toSorted()).toEqual(zones.map((zone) => `${zone}:53`).toSorted());
  });

  it('forwards to addresses alone, so that DNS needs no DNS', () => {
    for (const { resolvers } of blocks) expect(resolvers.every((resolver) => isIPv4(resolver))).toBe(true);
  });

  it('tells errors, keeps answers for 30 seconds and bounds what waits', () => {
    for (const { lines } of blocks)
      expect(lines).toEqual(expect.arrayContaining(['errors', 'cache 30', 'max_concurrent 1000']));
  });
});

it("a public gateway's zone is asked at the first public resolver, and at the second when that is silent", () => {
  const [block] = blocksOf(PUBLIC).filter(({ zones }) => zones.includes('llm.example.com:53'));

  expect(block?.zones).toEqual(['llm.example.com:53']);
  expect(block?.resolvers).toEqual(['8.8.8.8', '1.1.1.1']);
  expect(block?.lines).toContain('policy sequential');
});

it("an internal gateway's zone is left to the default, which knows the private one", () => {
  expect(blocksOf(INTERNAL).flatMap(({ zones }) => zones)).not.toContain('llm.example.com:53');
});

it('is a ConfigMap of AKS that no sync may take away', () => {
  expect(configMapOf(PUBLIC).metadata).toMatchObject({
    name: 'coredns-custom',
    namespace: 'kube-system',
    annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' },
  });
});

it.each(['vault.azure.net', 'kv-dev.vault.azure.net', 'azurecr.io', 'cluster.local', 'svc.cluster.local'])(
  'an environment cannot call %s its zone',
  (zone) => {
    const { error } = EnvironmentSettings.safeParse({ ...exampleSettings, dns: { zone } });

    expect(error?.issues.map(({ path }) => path)).toEqual([['dns', 'zone']]);
  },
);

interface ServerBlock {
  readonly zones: readonly string[];
  readonly lines: readonly string[];
  readonly resolvers: readonly string[];
}

/** Reads the server blocks as far as they are written here: zones, then one option a line. */
function blocksOf(settings: object): ServerBlock[] {
  return Object.values(configMapOf(settings).data).map((text) => {
    const [head = '', ...body] = text.replace(/^#.*\n/gm, '').split(/\{\n/);
    const lines = body
      .join('\n')
      .split('\n')
      .map((line) => line.trim());
    const forward = lines.find((line) => line.startsWith('forward . ')) ?? '';
    return { zones: head.trim().split(/,\s+/), lines, resolvers: forward.split(' ').slice(2) };
  });
}

interface ConfigMap {
  readonly metadata: object;
  readonly data: Readonly<Record<string, string>>;
}

function configMapOf(settings: object): ConfigMap {
  const { files } = renderEnvironments([exampleEnvironment({ settings })]);
  return parse(files.get('dev/coredns/ConfigMap.coredns-custom.yaml') ?? '') as ConfigMap;
}
