/* oxlint-disable eslint/no-new -- a construct adds itself to its chart */
import { ApiObject, Chart, type App } from 'cdk8s';
import { k8s } from 'cdk8s-plus-30';
import type { EnvironmentSettings } from '../../environments/schema/environment-settings.ts';
import { labels } from '../kubernetes/labels.ts';
import { NAMESPACE } from '../kubernetes/names.ts';
import { dashboardJson, dashboardsOf } from '../monitoring/dashboards/dashboard-files.ts';
import { dashboardUid } from '../monitoring/dashboards/build-dashboard.ts';
import { prometheusGroups } from '../monitoring/prometheus-rule-groups.ts';
import { ruleGroups } from '../monitoring/rule-groups.ts';
import { scrapeTargets, type ScrapeTarget } from '../monitoring/scrape-targets.ts';
import type { RenderContext } from '../render-context.ts';

const COMPONENT = 'monitoring';

/** Azure's agent reads the operator's kinds from a group of its own, so that both can be in one cluster. */
const API_GROUPS: Readonly<Record<EnvironmentSettings['monitoring'], string>> = {
  azure: 'azmonitoring.coreos.com',
  operator: 'monitoring.coreos.com',
};

/**
 * What is scraped and, for a Prometheus Operator, the rules and the dashboards. For Azure these two are no objects of
 * the cluster: they lie in dist/<env>/infra.
 */
export function monitoringChart(app: App, { environment: { settings } }: RenderContext): Chart {
  const chart = new Chart(app, COMPONENT);
  for (const target of scrapeTargets(settings)) addPodMonitor(chart, API_GROUPS[settings.monitoring], target);
  if (settings.monitoring === 'azure') return chart;

  new ApiObject(chart, 'rules', {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: metadata('tollgate'),
    spec: { groups: prometheusGroups(ruleGroups(settings)) },
  });
  for (const dashboard of dashboardsOf(settings))
    new k8s.KubeConfigMap(chart, `dashboard-${dashboard.name}`, {
      // The label is what the sidecar of Grafana's chart looks for.
      metadata: {
        ...metadata(`dashboard-${dashboard.name}`),
        labels: { ...labels(COMPONENT), grafana_dashboard: '1' },
      },
      data: { [`${dashboardUid(dashboard.name)}.json`]: dashboardJson(dashboard) },
    });
  return chart;
}

/** Pods rather than a Service: a pod that drains is still read, and none is read twice. */
function addPodMonitor(chart: Chart, apiGroup: string, target: ScrapeTarget): void {
  new ApiObject(chart, `pods-${target.name}`, {
    apiVersion: `${apiGroup}/v1`,
    kind: 'PodMonitor',
    metadata: metadata(target.name),
    spec: {
      namespaceSelector: { matchNames: [target.namespace] },
      selector: { matchLabels: target.labels },
      podMetricsEndpoints: [
        {
          port: target.port,
          path: '/metrics',
          interval: '30s',
          scrapeTimeout: '10s',
          ...(target.keepsOwnLabels && { honorLabels: true }),
        },
      ],
      sampleLimit: target.mostSamples,
      // What Azure's ingestion takes; the operator's Prometheus has no limits of its own.
      labelLimit: 63,
      labelNameLengthLimit: 511,
      labelValueLengthLimit: 1_023,
    },
  });
}

function metadata(name: string) {
  return { name, namespace: NAMESPACE, labels: labels(COMPONENT) };
}
