import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadEnvironment } from '../../../environments/schema/load-environment.ts';
import { APPLICATION_HEALTH } from '../../../generators/third-party/argocd-config.ts';
import type { ChartSetting, ThirdPartyChart } from '../../../generators/third-party/third-party-chart.ts';
import { THIRD_PARTY_CHARTS } from '../../../generators/third-party/third-party-charts.ts';
import { keysOf, valuesText } from '../../../generators/third-party/values-text.ts';
import { platformContext, VARIANTS } from './platform-context.ts';
import { isKnownPath, readValueKeys } from './read-value-keys.ts';

const ENVIRONMENTS = join(import.meta.dirname, '../../../environments');

const variants = Object.entries(VARIANTS).map(([name, settings]) => ({ name, context: platformContext(settings) }));

describe.each(THIRD_PARTY_CHARTS)('the values of $name', (chart) => {
  const known = readValueKeys(chart);

  it.each(variants)('have paths that the chart has, with $name', ({ context }) => {
    const paths = chart.settings(context).map(({ path }) => path);
    expect(paths.filter((path) => !isKnownPath(known, path))).toEqual([]);
  });

  it.each(variants)('say which of them were not found in exactly this version, with $name', ({ context }) => {
    const marks = chart.settings(context).map(({ isUnverified = false }) => isUnverified);
    expect(new Set(marks)).toEqual(new Set([!known.isExactVersion]));
  });

  it.each(variants)('are YAML with a reason above each, twice the same, with $name', ({ context }) => {
    const settings = chart.settings(context);
    const text = valuesText(settings);
    expect(valuesText(chart.settings(context))).toBe(text);
    expect(text.match(/^ *# /gm)).toHaveLength(settings.length);
    for (const { path, value } of settings) expect(valueAt(parse(text), path)).toEqual(value);
  });

  it('were looked up for the version that every environment pins', () => {
    const pinned = ['dev', 'prod'].map((name) => {
      const { environment } = loadEnvironment(join(ENVIRONMENTS, name), { now: new Date(0) });
      return environment?.release.charts[chart.chart]?.version;
    });
    expect(pinned).toEqual([known.version, known.version]);
  });
});

it('knows a path by its name, as a map of names, or in a map of free names, and no other', () => {
  const known = { keys: ['image.tag', 'a\\.b'], openMaps: ['cm'] };
  const isKnown = (path: string) => isKnownPath(known, path);
  expect(['image.tag', 'image', 'a\\.b', 'cm', 'cm.x\\.y'].every(isKnown)).toBe(true);
  expect(['image.digest', 'imag', 'a', 'image.tag.x', 'cmx'].some(isKnown)).toBe(false);
});

describe('images', () => {
  it.each(variants)('all come from one registry that is meant, with a digest, with $name', ({ context }) => {
    const { third_party_from } = context.environment.settings;
    const repositories = images(context);
    expect(repositories.length).toBeGreaterThanOrEqual(7);
    for (const { repository, digest } of repositories) {
      expect(repository.startsWith('crdev.azurecr.io/')).toBe(third_party_from === 'registry');
      expect(digest).toMatch(/sha256:[0-9a-f]{64}$/);
    }
  });

  it('whose digest nobody looked up cannot be pulled', () => {
    const digests = images(platformContext({}, 'unresolved')).map(({ digest }) => digest);
    for (const digest of digests) expect(digest).toMatch(/sha256:unresolved$/);
  });

  function images(context: ReturnType<typeof platformContext>) {
    return usedCharts(context).flatMap((chart) => {
      const settings = chart.settings(context);
      const at = (path: string) => settings.find((setting) => setting.path === path)?.value;
      return settings
        .filter(({ path }) => path.endsWith('image.repository'))
        .map(({ path, value }) => {
          const image = path.slice(0, -'.repository'.length);
          return { repository: value as string, digest: (at(`${image}.digest`) ?? at(`${image}.tag`)) as string };
        });
    });
  }
});

describe('what the charts run', () => {
  it('has requests and limits in every container, since the charts have few or none', () => {
    const context = platformContext();
    const amounts = THIRD_PARTY_CHARTS.flatMap((chart) =>
      chart.settings(context).filter(({ path }) => /(^|\.|Container)[rR]esources$/.test(path)),
    );
    expect(amounts.map(({ path }) => path)).toEqual([
      'controller.resources',
      'repoServer.resources',
      'repoServer.copyutil.resources',
      'server.resources',
      'redis.resources',
      'redisSecretInit.resources',
      'applicationSet.resources',
      'resources',
      'webhook.resources',
      'cainjector.resources',
      'startupapicheck.resources',
      'controller.resources',
      'controller.initContainerResources',
    ]);
    for (const { value } of amounts)
      expect(value).toMatchObject({
        requests: { cpu: expect.any(String), memory: expect.any(String) },
        limits: { cpu: expect.any(String), memory: expect.any(String) },
      });
  });

  it('passes Pod Security restricted: nothing loosens what the charts harden by default', () => {
    for (const { context } of variants)
      for (const chart of THIRD_PARTY_CHARTS) {
        const paths = chart.settings(context).map(({ path }) => path);
        expect(
          paths.filter((path) => /containerSecurityContext|securityContext$|hostNetwork|hostPort/.test(path)),
        ).toEqual([]);
      }
  });

  it('lets NGINX bind its ports by a sysctl that restricted allows, as a user with a read-only root', () => {
    const values = valuesOf('nginx-ingress', platformContext());
    expect(values).toMatchObject({
      controller: {
        readOnlyRootFilesystem: true,
        podSecurityContext: {
          seccompProfile: { type: 'RuntimeDefault' },
          sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }],
        },
      },
    });
  });
});

describe('NGINX Ingress Controller', () => {
  it('takes the static public address of the resource group', () => {
    expect(valuesOf('nginx-ingress', platformContext())).toMatchObject({
      controller: {
        watchNamespace: 'tollgate',
        service: {
          annotations: {
            'service.beta.kubernetes.io/azure-load-balancer-resource-group': 'rg-tollgate-dev',
            'service.beta.kubernetes.io/azure-pip-name': 'pip-tollgate-dev-ingress',
            'service.beta.kubernetes.io/azure-load-balancer-tcp-idle-timeout': '30',
          },
        },
      },
    });
  });

  it('takes an address of its subnet where it is internal, and watches Argo CD where that has a name', () => {
    const context = platformContext(VARIANTS['an internal production environment']);
    expect(valuesOf('nginx-ingress', context)).toMatchObject({
      controller: {
        watchNamespace: 'tollgate,argocd',
        service: {
          annotations: {
            'service.beta.kubernetes.io/azure-load-balancer-internal': 'true',
            'service.beta.kubernetes.io/azure-load-balancer-internal-subnet': 'snet-ingress',
            'service.beta.kubernetes.io/azure-load-balancer-ipv4': '10.30.3.4',
          },
        },
      },
    });
  });

  it('is left out with the Gateway API', () => {
    const context = platformContext(VARIANTS['the Gateway API, from the makers']);
    expect(usedCharts(context).map(({ name }) => name)).toEqual(['argocd', 'cert-manager']);
  });

  it('drains for longer than its longest stream', () => {
    const { controller } = valuesOf('nginx-ingress', platformContext()) as {
      controller: { terminationGracePeriodSeconds: number; config: { entries: Record<string, string> } };
    };
    const streamSeconds = Number.parseInt(controller.config.entries['proxy-read-timeout'] ?? '', 10);
    expect(controller.terminationGracePeriodSeconds).toBeGreaterThan(streamSeconds);
  });
});

describe('cert-manager', () => {
  it('looks from outside at a proof over HTTP', () => {
    expect(valuesOf('cert-manager', platformContext())).toMatchObject({
      crds: { enabled: true },
      extraArgs: ['--acme-http01-solver-nameservers=1.1.1.1:53,8.8.8.8:53'],
    });
  });

  it('writes to the DNS zone with its workload identity where nobody outside can call, in two zones', () => {
    const values = valuesOf('cert-manager', platformContext(VARIANTS['an internal production environment']));
    expect(values).toMatchObject({
      dns01RecursiveNameserversOnly: true,
      podLabels: { 'azure.workload.identity/use': 'true' },
      replicaCount: 2,
      webhook: { replicaCount: 2, podDisruptionBudget: { enabled: true, minAvailable: 1 } },
    });
    expect(values).not.toHaveProperty('extraArgs');
  });

  it.each(['public', 'internal'])('looks at the Gateway where there is one, if it is %s', (exposure) => {
    const context = platformContext({
      ...VARIANTS['the Gateway API, from the makers'],
      ingress: { controller: 'gateway_api', exposure },
    });
    expect(valuesOf('cert-manager', context)).toMatchObject({ config: { gatewayAPI: { enabled: true } } });
  });
});

describe('Argo CD', () => {
  it('waits between waves of Applications, and has no administrator', () => {
    const { configs } = valuesOf('argocd', platformContext()) as { configs: Record<string, Record<string, unknown>> };
    expect(configs['cm']?.['admin.enabled']).toBe(false);
    expect(configs['cm']?.['resource.customizations.health.argoproj.io_Application']).toBe(APPLICATION_HEALTH);
    expect(configs['params']).toEqual({
      'controller.diff.server.side': 'true',
      'reposerver.enable.git.submodule': 'false',
    });
  });

  it('lets nobody sign in while Entra’s ids are unset', () => {
    const { configs } = valuesOf('argocd', platformContext()) as { configs: Record<string, Record<string, unknown>> };
    expect(configs['cm']).not.toHaveProperty('oidc.config');
    expect(configs['rbac']).toEqual({ 'policy.default': 'role:readonly' });
  });

  it('signs people in by Entra without a secret, and makes one group its administrators', () => {
    const context = platformContext(VARIANTS['an internal production environment']);
    const { tenant_id, argocd } = context.environment.settings;
    const { configs } = valuesOf('argocd', context) as { configs: Record<string, Record<string, string>> };
    expect(parse(configs['cm']?.['oidc.config'] ?? '')).toMatchObject({
      issuer: `https://login.microsoftonline.com/${tenant_id}/v2.0`,
      clientID: argocd.sso_client_id,
      azure: { useWorkloadIdentity: true },
    });
    expect(configs['rbac']?.['policy.csv']).toBe(`g, "${argocd.admin_group_id}", role:admin\n`);
    expect(configs['params']?.['server.insecure']).toBe('true');
  });

  it('signs in to a registry of ours alone', () => {
    expect(valuesOf('argocd', platformContext())).toMatchObject({
      configs: { credentialTemplates: { registry: { url: 'crdev.azurecr.io', useAzureWorkloadIdentity: 'true' } } },
    });
    const fromMakers = valuesOf('argocd', platformContext({ third_party_from: 'maker' })) as { configs: object };
    expect(fromMakers.configs).not.toHaveProperty('credentialTemplates');
  });
});

function usedCharts(context: ReturnType<typeof platformContext>): ThirdPartyChart[] {
  return THIRD_PARTY_CHARTS.filter((chart) => chart.isUsed(context));
}

function valuesOf(name: string, context: ReturnType<typeof platformContext>): unknown {
  const settings: readonly ChartSetting[] =
    THIRD_PARTY_CHARTS.find((chart) => chart.name === name)?.settings(context) ?? [];
  return parse(valuesText(settings));
}

function valueAt(values: unknown, path: string): unknown {
  return keysOf(path).reduce((inner, key) => (inner as Record<string, unknown>)[key], values);
}
