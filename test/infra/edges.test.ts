import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatProblem } from '../../environments/schema/parse-yaml.ts';
import { BicepProcess } from '../../generators/infrastructure/bicep-process.ts';
import { compileTemplates } from '../../generators/infrastructure/compile-templates.ts';
import { evaluateEnvironment } from '../../generators/infrastructure/evaluate-environment.ts';
import { resourcesText, type PredictedResource } from '../../generators/infrastructure/predicted-resources.ts';
import { describeWithPrograms } from '../support/real-program.ts';
import { removeFolder } from '../support/temp-folder.ts';
import { EDGES, infrastructureAt, LONGEST_NAME, REGIONAL, type Edge } from './edge-environments.ts';
import { copyOfInfra } from './infra-copy.ts';
import { RESOURCE_RULES } from './rules/all-rules.ts';
import { lastName, listAt, ofType, textAt, valueAt } from './rules/rule.ts';

const POSTGRES = 'Microsoft.DBforPostgreSQL/flexibleServers';
const ADDRESS = 'Microsoft.Network/publicIPAddresses';
const RECORD = 'Microsoft.Network/dnsZones/A';
const ASSIGNMENT = 'Microsoft.Authorization/roleAssignments';
const AUTHORITY = 'Microsoft.Network/dnsZones/CAA';
const AKS = 'Microsoft.ContainerService/managedClusters';

/** Fifty environments of three templates each, on a machine that may be busy. */
const TIMEOUT_MS = 300_000;

describeWithPrograms(['bicep'], 'environments at the ends of what the schema allows', () => {
  const found = new Map<string, readonly PredictedResource[]>();
  const problems = new Map<string, string[]>();
  const diagnostics: string[] = [];

  beforeAll(async () => {
    const root = copyOfInfra();
    const bicep = await BicepProcess.start('bicep', process.env);
    try {
      const scratch = mkdtempSync(join(root, 'scratch-'));
      diagnostics.push(...(await compileTemplates(bicep, root, scratch)).map(formatProblem));
      for (const edge of [...EDGES, ...REGIONAL]) {
        // A parameter file is read once in the life of the compiler, and most of these environments share a name.
        const infrastructure = { ...infrastructureAt(edge), environment: edge.title.replaceAll(' ', '-') };
        const evaluated = await evaluateEnvironment(bicep, infrastructure, scratch);
        found.set(edge.title, evaluated.resources);
        problems.set(edge.title, evaluated.problems.map(formatProblem));
      }
    } finally {
      await bicep.stop();
      removeFolder(root);
    }
  }, TIMEOUT_MS);

  afterAll(() => {
    found.clear();
    problems.clear();
  });

  it('compiles without a diagnostic', () => {
    expect(diagnostics).toEqual([]);
  });

  it.each([...EDGES, ...REGIONAL])('holds every rule: $title', ({ title }) => {
    expect(problems.get(title)).toEqual([]);
    expect(resourcesOf(title).length).toBeGreaterThan(80);
    expect(RESOURCE_RULES.flatMap(({ find }) => find(resourcesOf(title)))).toEqual([]);
  });

  it.each(REGIONAL)('stands in one region with all that has a place: $title', ({ title }) => {
    const places = new Set(resourcesOf(title).flatMap(({ location }) => (location === undefined ? [] : [location])));
    expect(places).toEqual(new Set(['global', title]));
  });

  it('has a name for every resource of the longest environment', () => {
    const vault = ofType(resourcesOf('the longest name'), 'Microsoft.KeyVault/vaults').map(({ id }) => lastName(id));
    expect(vault).toEqual([`kv-${LONGEST_NAME}-a1z`]);
    expect(vault[0]).toHaveLength(24);
    const longer: Edge = { ...EDGES[2], settings: { ...EDGES[2].settings, name: `${LONGEST_NAME}x` } };
    expect(() => infrastructureAt(longer)).toThrow(/1 longer than the 24 characters that Azure allows/);
  });

  describe('where the ingress is public or internal', () => {
    it.each(['a public ingress', 'two zones and a public ingress', 'dev'])(
      'gives it an address of its own that names follow: %s',
      (title) => {
        const address = ingressAddresses(title)[0];
        expect(address?.id).toMatch(/-ingress$/);
        const records = ofType(resourcesOf(title), RECORD);
        expect(records.map((record) => valueAt(record, 'properties.targetResource.id'))).toEqual(
          records.map(() => address?.id),
        );
        expect(webRules(title)).toEqual(['Internet']);
        expect(challengers(title)).toEqual([]);
      },
    );

    it.each([
      ['prod', '10.40.3.10'],
      ['an internal ingress', '10.30.3.4'],
      ['the smallest address space', '192.168.255.244'],
    ])('has no public address for it, and names that lead into the network: %s', (title, address) => {
      expect(ingressAddresses(title)).toEqual([]);
      const records = ofType(resourcesOf(title), RECORD);
      expect(records.map((record) => valueAt(record, 'properties.ARecords'))).toEqual(
        records.map(() => [{ ipv4Address: address }]),
      );
      expect(webRules(title)).toEqual([]);
      expect(challengers(title)).toEqual(['cert-manager']);
    });
  });

  it('asks Postgres for a password, or has administrators and no login at all', () => {
    expect(serverOf('dev')).toMatchObject({ authConfig: { passwordAuth: 'Enabled' }, administratorLogin: 'tollgate' });
    expect(administratorsOf('dev')).toEqual([]);
    expect(serverOf('tokens for Postgres')).toMatchObject({
      authConfig: { passwordAuth: 'Disabled', activeDirectoryAuth: 'Enabled' },
    });
    expect(serverOf('tokens for Postgres')).not.toHaveProperty('administratorLogin');
    expect(administratorsOf('tokens for Postgres')).toEqual([
      ['gateway', 'ServicePrincipal'],
      ["Platform's people", 'Group'],
      ['ops@example.com', 'User'],
    ]);
    for (const title of found.keys()) expect(serverOf(title)).not.toHaveProperty('administratorLoginPassword');
  });

  it.each([
    ['dev', 'LiteLLM in dev'],
    ['prod', 'LiteLLM in prod'],
  ])('differs by the engine in what is watched alone: %s', (tollgate, litellm) => {
    expect(idsOf(litellm).filter(isNotWatching)).toEqual(idsOf(tollgate).filter(isNotWatching));
    const [one, other] = [tollgate, litellm].map((title) =>
      resourcesText(resourcesOf(title).filter(({ id }) => isNotWatching(id))),
    );
    expect(one).toBe(other);
  });

  it('brings the Gateway API without a second controller that nobody asked for', () => {
    const [cluster] = ofType(resourcesOf('the Gateway API'), AKS);
    expect(valueAt(cluster, 'properties.ingressProfile')).toEqual({
      gatewayAPI: { installation: 'Standard' },
      webAppRouting: {
        enabled: true,
        gatewayAPIImplementations: { appRoutingIstio: { mode: 'Enabled' } },
        nginx: { defaultIngressControllerType: 'None' },
      },
    });
    expect(valueAt(ofType(resourcesOf('dev'), AKS)[0], 'properties.ingressProfile')).toBeUndefined();
  });

  it('gives what the Premium tier is paid for, which Azure refuses without', () => {
    const planOf = (title: string) => valueAt(ofType(resourcesOf(title), AKS)[0], 'properties.supportPlan');
    expect(planOf('long-term support')).toBe('AKSLongTermSupport');
    expect(planOf('dev')).toBe('KubernetesOfficial');
  });

  it('lets KEDA sign in as the gateway, which then may read metrics, and no other pod', () => {
    const path = 'properties.workloadAutoScalerProfile.keda.enabled';
    expect(valueAt(ofType(resourcesOf('KEDA'), AKS)[0], path)).toBe(true);
    expect(valueAt(ofType(resourcesOf('dev'), AKS)[0], path)).toBe(false);
    const isNew = ({ id }: PredictedResource) => !idsOf('dev').includes(id);
    expect(resourcesOf('KEDA').filter(isNew)).toMatchObject([
      { properties: { subject: 'system:serviceaccount:kube-system:keda-operator' } },
      { id: expect.stringContaining('/Microsoft.Monitor/accounts/') as string, type: ASSIGNMENT },
    ]);
  });

  it('lets the platform team into Grafana, and changes nothing else for that', () => {
    const isNew = ({ id }: PredictedResource) => !idsOf('prod').includes(id);
    expect(resourcesOf('people who open Grafana').filter(isNew)).toMatchObject([
      { type: ASSIGNMENT, properties: { principalType: 'Group', principalId: 'b7a1c0de-0000-4000-8000-000000000004' } },
    ]);
  });

  it('says who may sign certificates of its names, and never on a zone of somebody else', () => {
    const namesOf = (title: string, type: string) => ofType(resourcesOf(title), type).map(({ id }) => lastName(id));
    expect(namesOf("the apex of somebody else's zone", RECORD)).toEqual(['@', 'argocd']);
    expect(namesOf("the apex of somebody else's zone", AUTHORITY)).toEqual(['argocd']);
    expect(namesOf('a public ingress', AUTHORITY)).toEqual(['@', 'llm']);
  });

  it('spans zones where the nodes do not yet, so that nothing lasting changes when they do', () => {
    const title = 'zones for all but the nodes';
    expect(ofType(resourcesOf(title), 'Microsoft.Network/natGateways')[0]).toMatchObject({
      sku: { name: 'StandardV2' },
    });
    expect(ingressAddresses(title)[0]?.['zones']).toEqual(['1', '2', '3']);
  });

  it('has none of what Azure watches with where the cluster has a Prometheus of its own', () => {
    const types = resourcesOf('a Prometheus in the cluster').map(({ type }) => type);
    expect(types.filter((type) => /Dashboard|Monitor\/accounts|prometheusRuleGroups/.test(type))).toEqual([]);
    expect(types).toContain('Microsoft.OperationalInsights/workspaces');
  });

  function resourcesOf(title: string): readonly PredictedResource[] {
    return found.get(title) ?? [];
  }

  function idsOf(title: string): string[] {
    return resourcesOf(title).map(({ id }) => id);
  }

  function ingressAddresses(title: string): PredictedResource[] {
    return ofType(resourcesOf(title), ADDRESS).filter(({ id }) => id.endsWith('-ingress'));
  }

  /** Who may open the ports of the nodes. */
  function webRules(title: string): string[] {
    const groups = ofType(resourcesOf(title), 'Microsoft.Network/networkSecurityGroups');
    const nodes = groups.find(({ id }) => id.endsWith('/nsg-snet-aks'));
    return listAt(nodes, 'properties.securityRules').map((rule) => textAt(rule, 'properties.sourceAddressPrefix'));
  }

  /** The ServiceAccounts that may write into the public zone. */
  function challengers(title: string): string[] {
    return ofType(resourcesOf(title), 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials')
      .filter(({ id }) => id.includes('-cert-manager/'))
      .map(({ id }) => lastName(id));
  }

  function serverOf(title: string): unknown {
    return ofType(resourcesOf(title), POSTGRES)[0]?.['properties'];
  }

  function administratorsOf(title: string): string[][] {
    return ofType(resourcesOf(title), `${POSTGRES}/administrators`).map((each) => [
      textAt(each, 'properties.principalName'),
      textAt(each, 'properties.principalType'),
    ]);
  }
});

/** Rules and dashboards ask for the metrics of one engine. */
function isNotWatching(id: string): boolean {
  return !/\/(prometheusRuleGroups|dashboards)\//.test(id);
}
