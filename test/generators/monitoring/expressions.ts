import { EnvironmentSettings } from '../../../environments/schema/environment-settings.ts';
import { dashboardsOf } from '../../../generators/monitoring/dashboards/dashboard-files.ts';
import { isAlert } from '../../../generators/monitoring/alert-rule.ts';
import { ruleGroups } from '../../../generators/monitoring/rule-groups.ts';
import { exampleSettings } from '../example-environment.ts';

export interface NamedExpression {
  /** Which rule or panel it is of. */
  readonly where: string;
  readonly expression: string;
}

export function settingsWith(parts: object): EnvironmentSettings {
  return EnvironmentSettings.parse({ ...exampleSettings, ...parts });
}

const settings = settingsWith({ monitoring: 'operator' });

export const GROUPS = ruleGroups(settings);
export const RULES = GROUPS.flatMap(({ rules }) => rules);
export const ALERTS = RULES.filter(isAlert);
export const RECORDS = RULES.flatMap((rule) => (isAlert(rule) ? [] : [rule.record]));
export const DASHBOARDS = dashboardsOf(settings);

export const RULE_EXPRESSIONS: readonly NamedExpression[] = RULES.map((rule) => ({
  where: isAlert(rule) ? rule.alert : rule.record,
  expression: rule.expression,
}));

/** Grafana puts its own values in the place of these two; for a parser any length will do. */
const GRAFANA_VARIABLES: Readonly<Record<string, string>> = { $__rate_interval: '5m', $__range: '1h' };

export const PANEL_EXPRESSIONS: readonly NamedExpression[] = DASHBOARDS.flatMap(({ title, panels }) =>
  panels.flatMap((panel) =>
    panel.queries.map(({ expression }) => ({
      where: `${title} / ${panel.title}`,
      expression: expression.replace(/\$\w+/g, (name) => GRAFANA_VARIABLES[name] ?? name),
    })),
  ),
);
