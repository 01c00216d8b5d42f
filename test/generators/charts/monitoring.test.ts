import { App } from 'cdk8s';
import { describe, expect, it } from 'vitest';
import { monitoringChart } from '../../../generators/charts/monitoring.ts';
import { renderInfraFiles } from '../../../generators/infra-files.ts';
import { infraParameters } from '../../../generators/infrastructure/infra-parameters.ts';
import { manifestText } from '../../../generators/kubernetes/yaml-text.ts';
import { manifestsByPath } from '../../../generators/manifests-by-path.ts';
import { renderContext } from '../../../generators/render-context.ts';
import { validateManifests } from '../../../generators/validate-manifests.ts';
import { exampleEnvironment, exampleSettings } from '../example-environment.ts';

/** The component's files and those below infra/, for settings that differ from the example's. */
function filesOf(parts: object): { monitoring: string[]; infra: string[]; text: (path: string) => string } {
  const context = renderContext(exampleEnvironment({ settings: { ...exampleSettings, ...parts } }));
  const app = new App();
  monitoringChart(app, context);
  const manifests = manifestsByPath(app, 'dev');
  expect(validateManifests(manifests)).toEqual([]);
  const infra = renderInfraFiles(context, infraParameters(context));
  const texts = new Map([...manifests].map(([path, manifest]) => [path, manifestText(manifest)]));
  return {
    monitoring: [...texts.keys()].map((path) => path.replace('dev/monitoring/', '')).toSorted(),
    infra: [...infra.keys()].toSorted(),
    text: (path) => texts.get(path) ?? infra.get(path) ?? '',
  };
}

const DASHBOARDS = ['cache', 'latency', 'ledger', 'limits', 'spend', 'traffic'];

describe('monitoringChart', () => {
  it('gives an operator scraping, rules and dashboards', () => {
    const { monitoring, infra, text } = filesOf({ monitoring: 'operator' });
    expect(monitoring).toEqual([
      ...DASHBOARDS.map((name) => `ConfigMap.dashboard-${name}.yaml`),
      'PodMonitor.cert-manager.yaml',
      'PodMonitor.gateway.yaml',
      'PodMonitor.nginx-ingress.yaml',
      'PrometheusRule.tollgate.yaml',
    ]);
    expect(infra).toEqual(['infra/parameters.json']);
    expect(text('dev/monitoring/PodMonitor.gateway.yaml')).toContain('apiVersion: monitoring.coreos.com/v1');
    expect(text('dev/monitoring/ConfigMap.dashboard-spend.yaml')).toContain('grafana_dashboard: "1"');
  });

  it("gives Azure its agent's kind of monitor, and the rest as files for a deployment", () => {
    const { monitoring, infra, text } = filesOf({ monitoring: 'azure' });
    expect(monitoring).toEqual([
      'PodMonitor.cert-manager.yaml',
      'PodMonitor.gateway.yaml',
      'PodMonitor.nginx-ingress.yaml',
    ]);
    expect(infra).toEqual([
      ...DASHBOARDS.map((name) => `infra/dashboards/${name}.json`),
      'infra/parameters.json',
      'infra/prometheus-rule-groups.json',
    ]);
    expect(text('dev/monitoring/PodMonitor.gateway.yaml')).toContain('apiVersion: azmonitoring.coreos.com/v1');
    expect(JSON.parse(text('infra/prometheus-rule-groups.json'))).toHaveLength(6);
  });

  it('reads no metrics of the stock LiteLLM image, which has none without a callback', () => {
    const { monitoring, infra } = filesOf({ monitoring: 'azure', engine: 'litellm' });
    expect(monitoring).toEqual(['PodMonitor.cert-manager.yaml', 'PodMonitor.nginx-ingress.yaml']);
    expect(infra).toEqual(['infra/parameters.json', 'infra/prometheus-rule-groups.json']);
  });

  it('leaves NGINX out where the ingress is another', () => {
    const { monitoring } = filesOf({ ingress: { controller: 'gateway_api' } });
    expect(monitoring).toEqual(['PodMonitor.cert-manager.yaml', 'PodMonitor.gateway.yaml']);
  });
});
