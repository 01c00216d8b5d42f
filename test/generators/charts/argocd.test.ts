import { join } from 'node:path';
import { App } from 'cdk8s';
import { describe, expect, it } from 'vitest';
import type { Environment } from '../../../environments/schema/environment.ts';
import { loadEnvironments } from '../../../environments/schema/load-environments.ts';
import { buildApp } from '../../../generators/build-app.ts';
import { argocdChart } from '../../../generators/charts/argocd.ts';
import { COMPONENTS } from '../../../generators/components.ts';
import { renderContext } from '../../../generators/render-context.ts';
import type { ThirdPartyChart } from '../../../generators/third-party/third-party-chart.ts';
import type { Manifest } from '../../../generators/validate-manifests.ts';

interface Application extends Manifest {
  readonly spec: {
    readonly project: string;
    readonly source: { readonly repoURL: string; readonly path?: string; readonly helm?: { readonly values: string } };
    readonly destination: { readonly namespace: string };
    readonly syncPolicy: { readonly syncOptions: readonly string[]; readonly retry: object };
    readonly ignoreDifferences?: readonly { readonly kind: string }[];
  };
}

interface Project extends Manifest {
  readonly spec: Readonly<Record<string, { group: string; kind: string }[]>> & {
    readonly sourceRepos: string[];
    readonly destinations: { readonly namespace: string }[];
  };
}

const environments = loadEnvironments(join(import.meta.dirname, '../../../environments'), { now: new Date() })
  .environments.filter(({ name }) => name !== 'local')
  .map((environment) => [environment.name, environment] as const);

describe.each(environments)('Argo CD of %s', (name, environment) => {
  const app = buildApp(renderContext(environment));
  const objects = objectsOf(app, 'argocd');
  const applications = objects.filter(({ kind }) => kind === 'Application') as Application[];
  const project = (wanted: string) =>
    objects.find((one) => one.kind === 'AppProject' && one.metadata.name === wanted) as Project;

  it('follows every component that has a folder and a wave, in its wave', () => {
    const folders = COMPONENTS.filter((one) => one.wave !== undefined && objectsOf(app, one.name).length > 0);

    const followed = applications.filter(({ spec }) => spec.project === name);

    expect(followed.map(({ metadata, spec }) => [metadata.name, spec.source.path, waveOf(metadata)])).toEqual(
      folders.map((one) => [one.name, `dist/${name}/${one.name}`, String(one.wave)]),
    );
  });

  it('reads its own folder last, and no end of an Application takes Argo CD away', () => {
    const root = applications.find(({ metadata }) => metadata.name === name);
    const last = Math.max(...applications.map(({ metadata }) => Number(waveOf(metadata))));

    expect(root?.spec.source.path).toBe(`dist/${name}/argocd`);
    expect(waveOf(root?.metadata)).toBe(String(last));
    expect(applications.filter(({ metadata }) => waveOf(metadata) === String(last))).toHaveLength(1);
    expect(root?.spec.syncPolicy.syncOptions).not.toContain('PruneLast=true');
    const cascading = applications.filter(({ metadata }) => metadata['finalizers'] !== undefined);
    expect(cascading).toEqual(applications.filter(({ spec }) => spec.destination.namespace !== 'argocd'));
  });

  it('tries again without an end, and each time with the newest commit', () => {
    for (const { spec } of applications) expect(spec.syncPolicy.retry).toMatchObject({ limit: -1, refresh: true });
  });

  it('lets the components have this repository, their namespaces and the kinds that they render', () => {
    const rendered = COMPONENTS.filter(({ wave }) => wave !== undefined).flatMap((one) => objectsOf(app, one.name));
    const { spec } = project(name);

    expect(spec.sourceRepos).toEqual([environment.settings.repository?.url]);
    expect(spec.destinations.map(({ namespace }) => namespace)).toEqual(
      expect.arrayContaining(rendered.flatMap(({ metadata }) => (metadata['namespace'] as string | undefined) ?? [])),
    );
    expect(kindsIn(spec['clusterResourceWhitelist'])).toEqual(
      distinct(rendered.filter(({ metadata }) => metadata['namespace'] === undefined).map(kindOf)),
    );
    expect(kindsIn(spec['namespaceResourceWhitelist'])).toEqual(
      expect.arrayContaining(rendered.filter(({ metadata }) => metadata['namespace'] !== undefined).map(kindOf)),
    );
    expect(kindsIn(spec['namespaceResourceWhitelist'])).not.toContain('argoproj.io/Application');
  });

  it('may prune what another setting would have rendered', () => {
    expect(kindsIn(project(name).spec['namespaceResourceWhitelist'])).toEqual(
      expect.arrayContaining([
        'autoscaling/HorizontalPodAutoscaler',
        'keda.sh/ScaledObject',
        'networking.k8s.io/Ingress',
      ]),
    );
  });

  it('closes the project that Argo CD makes by itself', () => {
    expect(project('default').spec).toMatchObject({
      sourceRepos: [],
      destinations: [],
      clusterResourceWhitelist: [],
      namespaceResourceBlacklist: [{ group: '*', kind: '*' }],
    });
  });
});

describe('a chart of others', () => {
  const [, environment] = environments[0] as readonly [string, Environment];
  const context = renderContext(environment);
  const used: ThirdPartyChart = {
    name: 'webhooks',
    chart: 'cert_manager',
    namespace: 'somewhere',
    wave: -4,
    isUsed: () => true,
    settings: () => [{ path: 'replicas', value: 2, why: 'one may go' }],
    kinds: [{ group: 'admissionregistration.k8s.io', kind: 'ValidatingWebhookConfiguration', isNamespaced: false }],
  };
  const render = (charts: ThirdPartyChart[]) =>
    argocdChart(new App(), context, { components: [], charts }).toJson() as Manifest[];

  it('is an Application with its values and their reasons, which leaves alone what others write', () => {
    const application = render([used]).find(({ metadata }) => metadata.name === 'webhooks') as Application;

    expect(application.spec.source.helm?.values).toBe('# one may go\nreplicas: 2\n');
    expect(application.spec.ignoreDifferences?.map(({ kind }) => kind)).toEqual(['ValidatingWebhookConfiguration']);
  });

  it('may make what its maker says that it makes, where it is installed', () => {
    const project = render([used]).find(({ metadata }) => metadata.name.endsWith('-platform')) as Project;

    expect(kindsIn(project.spec['clusterResourceWhitelist'])).toEqual([
      'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
    ]);
    expect(project.spec.destinations.map(({ namespace }) => namespace)).toEqual(['argocd', 'somewhere']);
  });

  it('is not there when the environment does not use it', () => {
    const names = render([{ ...used, isUsed: () => false }]).map(({ metadata }) => metadata.name);

    expect(names).not.toContain('webhooks');
  });
});

function objectsOf(app: App, component: string): Manifest[] {
  const chart = app.charts.find(({ node }) => node.id === component);
  return (chart?.toJson() ?? []) as Manifest[];
}

function waveOf(metadata: Manifest['metadata'] | undefined): string | undefined {
  return (metadata?.['annotations'] as Record<string, string> | undefined)?.['argocd.argoproj.io/sync-wave'];
}

function kindOf({ apiVersion, kind }: Manifest): string {
  return `${apiVersion.includes('/') ? apiVersion.split('/')[0] : ''}/${kind}`;
}

function kindsIn(list: readonly { group: string; kind: string }[] | undefined): string[] {
  return (list ?? []).map(({ group, kind }) => `${group}/${kind}`);
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].toSorted();
}
