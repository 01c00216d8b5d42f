import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readEnvironmentFiles, type EnvironmentFiles } from '../../../environments/schema/environment-files.ts';
import { EnvironmentSettings } from '../../../environments/schema/environment-settings.ts';
import { parseYaml } from '../../../environments/schema/parse-yaml.ts';
import { freeAddressSpace } from '../../../generators/new/free-address-space.ts';
import { moveHostNames } from '../../../generators/new/move-host-names.ts';
import { randomSuffix } from '../../../generators/new/random-suffix.ts';
import { scaffoldEnvironment, type EnvironmentRequest } from '../../../generators/new/scaffold-environment.ts';

const SOUND = join(import.meta.dirname, '../../fixtures/environments/sound/dev');
const REQUEST = { name: 'demo', nameSuffix: 'a1b2', addressSpace: '10.31.0.0/16' };

/** The sound environment with other settings. */
function withSettings(change: (text: string) => string): EnvironmentFiles & { value: EnvironmentSettings } {
  const files = readEnvironmentFiles(SOUND);
  const settings = parseYaml(change(files.settings.text), 'environment.yaml', EnvironmentSettings);
  if (settings.value === undefined) throw new Error(JSON.stringify(settings.problems));
  return { ...files, settings, value: settings.value };
}

function scaffold(change: (text: string) => string, request: Partial<EnvironmentRequest> = {}): string {
  const files = withSettings(change);
  const edits = scaffoldEnvironment(files, files.value, { ...REQUEST, ...request });
  return edits.get('environments/demo/environment.yaml') ?? '';
}

describe('scaffoldEnvironment', () => {
  test('gives the new one names, addresses and hosts of its own, and takes its ids away', () => {
    const text = scaffold((before) => `# aside\n${before}`);

    expect(text.startsWith('# aside\nname: demo\nhost_names: [llm.demo.example.com]\n')).toBe(true);
    expect(parse(text)).toMatchObject({
      name_suffix: 'a1b2',
      network: { address_space: '10.31.0.0/16' },
      dns: { zone: 'demo.example.com' },
      subscription_id: 'unset',
      tenant_id: 'unset',
      identities: { gateway: 'unset', cert_manager: 'unset', argocd: 'unset' },
      argocd: { sso_client_id: 'unset', admin_group_id: 'unset' },
      registry: 'crdev.azurecr.io',
    });
  });

  test('moves what lies in the network by hand to the same place of the new one', () => {
    const text = scaffold(
      (before) => `${before}network: { address_space: 10.40.0.0/16, subnets: { aks: 10.40.16.0/20 } }
ingress: { exposure: internal, address: 10.40.3.10 }
`,
    );

    expect(parse(text)).toMatchObject({
      network: { address_space: '10.31.0.0/16', subnets: { aks: '10.31.16.0/20' } },
      ingress: { exposure: 'internal', address: '10.31.3.10' },
    });
  });

  test("names its own registry where the other one's is written out", () => {
    const text = scaffold((before) => before.replace('crdev.azurecr.io', 'crtollgatedevk7m2.azurecr.io'));

    expect(parse(text)).toMatchObject({ registry: 'crtollgatedemoa1b2.azurecr.io' });
  });

  test.each([
    ['small', { postgres: undefined, redis: undefined, cluster: undefined }],
    [
      'production',
      {
        cluster: { zones: [1, 2, 3], user_pool: { vm_size: 'Standard_D8ds_v5', min: 3, max: 12 } },
        redis: { sku: 'Balanced_B10' },
      },
    ],
  ])('writes of the size %s what the other one does not have', (size, expected) => {
    const settings = parse(scaffold((before) => before, { size })) as Record<string, unknown>;

    expect({ cluster: undefined, postgres: undefined, redis: undefined, ...settings }).toMatchObject(expected);
  });

  test('copies models and pins as they are, and teams without their keys', () => {
    const files = withSettings((text) => text);

    const edits = scaffoldEnvironment(files, files.value, REQUEST);

    expect([...edits.keys()].map((file) => file.replace('environments/demo/', ''))).toEqual([
      'environment.yaml',
      'models.yaml',
      'release.yaml',
      'keys/ml.yaml',
      'keys/search.yaml',
    ]);
    expect(edits.get('environments/demo/models.yaml')).toBe(files.models.text);
    expect(edits.get('environments/demo/release.yaml')).toBe(files.release.text);
    for (const [index, name] of ['ml', 'search'].entries()) {
      const { virtual_keys: _, ...team } = parse(files.teams[index]?.text ?? '') as Record<string, unknown>;
      expect(parse(edits.get(`environments/demo/keys/${name}.yaml`) ?? '')).toEqual({ ...team, virtual_keys: [] });
    }
  });

  test('begins with one team where the other one has none', () => {
    const files = { ...withSettings((text) => text), teams: [] };

    const edits = scaffoldEnvironment(files, files.value, REQUEST);

    expect(parse(edits.get('environments/demo/keys/platform.yaml') ?? '')).toEqual({
      team_alias: 'platform',
      owners: ['platform@example.com'],
      models: ['azure-gpt-4o', 'gpt-4o-mini'],
      max_budget: 100,
      budget_duration: '1mo',
      virtual_keys: [],
    });
  });
});

describe('moveHostNames', () => {
  function move(settings: string, domain?: string): Record<string, unknown> {
    const files = withSettings((text) => text.replace(/host_names: .*\n/, '').replace(/dns: .*\n/, settings));
    return Object.fromEntries(
      moveHostNames(files.value, 'demo', domain).map(({ path, value }) => [path.join('.'), value]),
    );
  }

  test.each([
    [
      'a zone of its own',
      'host_names: [llm.dev.example.com, dev.example.com]\ndns: { zone: dev.example.com }\n',
      undefined,
      { host_names: ['llm.demo.example.com', 'demo.example.com'], 'dns.zone': 'demo.example.com' },
    ],
    [
      'a zone that exists, which stays',
      'host_names: [llm.dev.example.com, api.example.com]\ndns: { zone: example.com, resource_group: rg-dns }\n',
      undefined,
      { host_names: ['llm.demo.example.com', 'api.demo.example.com'] },
    ],
    [
      'a zone that exists, to another domain',
      'host_names: [llm.example.com]\ndns: { zone: example.com, resource_group: rg-dns }\n',
      'example.org',
      { host_names: ['llm.demo.example.org'], dns: { zone: 'demo.example.org' } },
    ],
    ['nothing, without a domain', '', undefined, {}],
    [
      'nothing, to a domain',
      '',
      'example.org',
      { host_names: ['llm.demo.example.org'], dns: { zone: 'demo.example.org' } },
    ],
  ])('moves from %s', (_, settings, domain, expected) => {
    expect(move(settings, domain)).toEqual(expected);
  });
});

describe('freeAddressSpace', () => {
  test.each([
    [[], '10.30.0.0/16'],
    [['10.30.0.0/16', '10.32.0.0/16'], '10.31.0.0/16'],
    [['10.30.4.0/24', '10.31.0.0/20'], '10.32.0.0/16'],
    [['10.0.0.0/9'], undefined],
  ])('beside %j is %s', (taken, expected) => {
    expect(freeAddressSpace(taken)).toBe(expected);
  });
});

describe('randomSuffix', () => {
  test('is what name_suffix may be, and text to YAML', () => {
    for (let round = 0; round < 200; round += 1) {
      const suffix = randomSuffix();
      expect(suffix).toMatch(/^[a-z][0-9][a-z0-9]{2}$/);
      expect(parse(suffix)).toBe(suffix);
    }
    expect(randomSuffix(() => 0)).toBe('a2aa');
  });
});
