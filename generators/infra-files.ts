import type { InfraParameters } from './infrastructure/infra-parameters.ts';
import { azureRuleGroups } from './monitoring/azure-rule-groups.ts';
import { dashboardJson, dashboardsOf } from './monitoring/dashboards/dashboard-files.ts';
import { ruleGroups } from './monitoring/rule-groups.ts';
import type { RenderContext } from './render-context.ts';

/** The folder below dist/<env>/ that Argo CD never reads. */
const INFRA = 'infra';

/** What is deployed to Azure and not to the cluster: text by path below `dist/<env>/`. */
export function renderInfraFiles(
  { environment: { settings } }: RenderContext,
  parameters: InfraParameters,
): ReadonlyMap<string, string> {
  const files = new Map([[`${INFRA}/parameters.json`, jsonText(parameters)]]);
  if (settings.monitoring !== 'azure') return files;

  files.set(`${INFRA}/prometheus-rule-groups.json`, jsonText(azureRuleGroups(ruleGroups(settings))));
  for (const dashboard of dashboardsOf(settings))
    files.set(`${INFRA}/dashboards/${dashboard.name}.json`, dashboardJson(dashboard));
  return files;
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
