import { afterAll, beforeAll, expect, it } from 'vitest';
import { BicepProcess } from '../../generators/infrastructure/bicep-process.ts';
import { TEMPLATES } from '../../generators/infrastructure/compile-templates.ts';
import { removeFolder } from '../support/temp-folder.ts';
import { describeWithPrograms } from '../support/real-program.ts';
import {
  compileMain,
  copyOfInfra,
  evaluate,
  evaluateMain,
  infrastructureNamed,
  ROOT,
  templatesBelow,
  type Evaluated,
} from './infra-copy.ts';
import { COMPILED_RULES, RESOURCE_RULES } from './rules/all-rules.ts';
import type { CompiledTemplate } from './rules/compiled-steps.ts';
import { NAME_RULES } from './rules/name-rules.ts';
import { listAt, ofType, valueAt } from './rules/rule.ts';
import { TEMPLATE_RULES } from './rules/template-rules.ts';

const ENVIRONMENTS = ['dev', 'prod'];

describeWithPrograms(['bicep'], 'what the templates create', () => {
  const evaluated = new Map<string, Evaluated>();
  let whole: Evaluated = { resources: [], problems: [] };
  let main: CompiledTemplate = { resources: {} };

  beforeAll(async () => {
    const root = copyOfInfra();
    const bicep = await BicepProcess.start('bicep', process.env);
    try {
      for (const name of ENVIRONMENTS) evaluated.set(name, await evaluate(bicep, root, infrastructureNamed(name)));
      main = await compileMain(bicep, root);
      whole = await evaluateMain(bicep, root, infrastructureNamed('dev'));
    } finally {
      await bicep.stop();
      removeFolder(root);
    }
  }, 60_000);

  afterAll(() => {
    evaluated.clear();
    whole = { resources: [], problems: [] };
    main = { resources: {} };
  });

  it('is, by main.bicep, what its parts create one by one', () => {
    expect(whole.problems).toEqual([]);
    expect(whole.resources).toEqual(evaluated.get('dev')?.resources);
  });

  it.each(ENVIRONMENTS)('has no diagnostic in %s', (name) => {
    expect(evaluated.get(name)?.problems).toEqual([]);
    expect(evaluated.get(name)?.resources.length).toBeGreaterThan(100);
  });

  it.each(ENVIRONMENTS.flatMap((name) => RESOURCE_RULES.map((rule) => ({ name, ...rule }))))(
    '$title, in $name',
    ({ name, find }) => {
      expect(find(evaluated.get(name)?.resources ?? [])).toEqual([]);
    },
  );

  it.each(COMPILED_RULES)('$title', ({ find }) => {
    expect(Object.keys(main.resources)).toHaveLength(TEMPLATES.length);
    expect(find(main)).toEqual([]);
  });

  it('survives in prod the loss of a zone, and whoever deletes too much', () => {
    const prod = evaluated.get('prod')?.resources ?? [];
    const [cluster] = ofType(prod, 'Microsoft.ContainerService/managedClusters');
    const [server] = ofType(prod, 'Microsoft.DBforPostgreSQL/flexibleServers');
    const [vault] = ofType(prod, 'Microsoft.KeyVault/vaults');
    const [redis] = ofType(prod, 'Microsoft.Cache/redisEnterprise');
    const [system] = listAt(cluster, 'properties.agentPoolProfiles');
    expect(valueAt(cluster, 'sku.tier')).toBe('Standard');
    expect(system).toMatchObject({ minCount: 3, availabilityZones: ['1', '2', '3'] });
    expect(valueAt(server, 'properties.highAvailability.mode')).toBe('ZoneRedundant');
    expect(valueAt(server, 'properties.backup.backupRetentionDays')).toBe(35);
    expect(valueAt(vault, 'properties.enablePurgeProtection')).toBe(true);
    expect(valueAt(redis, 'properties.highAvailability')).toBe('Enabled');
  });
});

it.each(TEMPLATE_RULES)('$title', ({ find }) => {
  expect(find(templatesBelow(ROOT))).toEqual([]);
});

it('finds a name that only Azure knows, in an id as in a name', () => {
  const made = { type: 'Microsoft.KeyVault/vaults', apiVersion: '2026-02-01' };
  const unknown = "[reference('/subscriptions/1').name]";
  const [rule] = NAME_RULES;
  expect(rule?.find([{ ...made, id: `/vaults/${unknown}`, name: 'kv' }])).toEqual([
    'Microsoft.KeyVault/vaults kv: its name depends on what only Azure knows',
  ]);
  expect(rule?.find([{ ...made, id: '/vaults/kv', name: unknown }])).toHaveLength(1);
});
