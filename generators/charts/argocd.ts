/* oxlint-disable eslint/no-new -- a construct adds itself to its chart */
import { ApiObject, Chart, type App } from 'cdk8s';
import type { Component } from '../components.ts';
import { labels } from '../kubernetes/labels.ts';
import { ARGOCD_NAMESPACE, NAMESPACE } from '../kubernetes/names.ts';
import type { RenderContext } from '../render-context.ts';
import { chartSource } from '../third-party/chart-source.ts';
import type { ThirdPartyChart } from '../third-party/third-party-chart.ts';
import { valuesText } from '../third-party/values-text.ts';
import type { Manifest } from '../validate-manifests.ts';
import { applicationAnnotations, applicationSpec, type ApplicationProps } from './argocd-application.ts';
import { closedProjectSpec, kindsOf, OWN_KINDS, projectSpec } from './argocd-projects.ts';

/** The component: its folder below dist/<env>/ is what the root Application reads. */
export const ARGOCD = 'argocd';

/** What runs in an environment beside this folder. */
interface Deployed {
  readonly components: readonly Component[];
  readonly charts: readonly ThirdPartyChart[];
}

const API_VERSION = 'argoproj.io/v1alpha1';
// Projects before every Application that names them; the root last, so that nothing waits for itself.
const PROJECT_WAVE = -10;
const ROOT_WAVE = 10;
// Deleting an Application with it deletes what the Application made, but for objects that say otherwise.
const CASCADE = 'resources-finalizer.argocd.argoproj.io';
// No commit and no end of an Application removes such an object.
const GUARD = { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' };

/**
 * What Argo CD follows: an Application for each component that is rendered and for each chart in use, the projects
 * that limit them, and the root, which reads this folder itself. Rendered last, since it describes what `app` holds.
 */
export function argocdChart(app: App, context: RenderContext, deployed: Deployed): Chart {
  const environment = context.environment.name;
  const charts = deployed.charts.filter((chart) => chart.isUsed(context));
  const components = deployed.components.flatMap((component) => followedComponent(app, component));
  const chart = new Chart(app, ARGOCD);
  addProjects(chart, context, deployed.charts, components);
  for (const { name, wave } of components)
    addApplication(chart, name, wave, {
      project: environment,
      namespace: NAMESPACE,
      source: folderSource(context, name),
    });
  for (const used of charts) addApplication(chart, used.name, used.wave, chartProps(context, used));
  addApplication(chart, environment, ROOT_WAVE, {
    project: platformProject(environment),
    namespace: ARGOCD_NAMESPACE,
    source: folderSource(context, ARGOCD),
    isRoot: true,
  });
  return chart;
}

interface FollowedComponent {
  readonly name: string;
  readonly wave: number;
  readonly objects: readonly Manifest[];
}

/** None where Argo CD does not read the folder, or where this environment has no such folder. */
function followedComponent(app: App, { name, wave }: Component): FollowedComponent[] {
  const objects = (app.charts.find(({ node }) => node.id === name)?.toJson() ?? []) as Manifest[];
  return wave === undefined || objects.length === 0 ? [] : [{ name, wave, objects }];
}

function addProjects(
  chart: Chart,
  context: RenderContext,
  charts: readonly ThirdPartyChart[],
  components: readonly FollowedComponent[],
): void {
  const environment = context.environment.name;
  const { url } = repositoryOf(context);
  const used = charts.filter((known) => known.isUsed(context));
  const objects = components.flatMap((component) => component.objects);
  addProject(
    chart,
    environment,
    projectSpec({
      description: `What this repository renders for ${environment}.`,
      sources: [url],
      namespaces: [
        NAMESPACE,
        ...objects.flatMap(({ metadata }) => (metadata['namespace'] as string | undefined) ?? []),
      ],
      kinds: kindsOf(objects),
    }),
  );
  addProject(
    chart,
    platformProject(environment),
    projectSpec({
      description: `The charts of others in ${environment}, and the Applications and projects themselves.`,
      sources: [url, ...used.map((inUse) => chartSource(context, inUse).repoURL)],
      // Of every chart: Argo CD deletes nothing that its project does not allow, and one that is taken away has to go.
      namespaces: [ARGOCD_NAMESPACE, ...charts.map(({ namespace }) => namespace)],
      kinds: [...OWN_KINDS, ...charts.flatMap(({ kinds }) => kinds)],
    }),
  );
  addProject(chart, 'default', closedProjectSpec());
}

function platformProject(environment: string): string {
  return `${environment}-platform`;
}

function folderSource(context: RenderContext, name: string): ApplicationProps['source'] {
  const { url, branch } = repositoryOf(context);
  const path = `dist/${context.environment.name}/${name}`;
  return { repoURL: url, targetRevision: branch, path, directory: { recurse: true } };
}

function chartProps(context: RenderContext, used: ThirdPartyChart): ApplicationProps {
  const values = valuesText(used.settings(context));
  return {
    project: platformProject(context.environment.name),
    namespace: used.namespace,
    source: {
      ...chartSource(context, used),
      helm: { releaseName: used.name, values, ...(used.skipsCrds && { skipCrds: true }) },
    },
    kinds: used.kinds,
  };
}

function repositoryOf({ environment: { name, settings } }: RenderContext): { url: string; branch: string } {
  if (settings.repository === undefined) throw new Error(`environment ${name} has no repository: a check asks for it`);
  return settings.repository;
}

/** Guarded: without its project an Application is refused, and Argo CD would make `default` anew, open to everything. */
function addProject(chart: Chart, name: string, spec: object): void {
  new ApiObject(chart, `project-${name}`, {
    apiVersion: API_VERSION,
    kind: 'AppProject',
    metadata: {
      name,
      namespace: ARGOCD_NAMESPACE,
      labels: labels(ARGOCD),
      annotations: { 'argocd.argoproj.io/sync-wave': String(PROJECT_WAVE), ...GUARD },
    },
    spec,
  });
}

/** One in Argo CD's own namespace is the root or Argo CD itself, which no commit may end. */
function addApplication(chart: Chart, name: string, wave: number, props: ApplicationProps): void {
  const isOfArgoCd = props.namespace === ARGOCD_NAMESPACE;
  new ApiObject(chart, `application-${name}`, {
    apiVersion: API_VERSION,
    kind: 'Application',
    metadata: {
      name,
      namespace: ARGOCD_NAMESPACE,
      labels: labels(ARGOCD),
      annotations: { ...applicationAnnotations(wave, props), ...(isOfArgoCd && GUARD) },
      ...(!isOfArgoCd && { finalizers: [CASCADE] }),
    },
    spec: applicationSpec(props),
  });
}
