import { INTERVAL_MINUTES, isAlert, type Rule, type RuleGroup } from './alert-rule.ts';

/** The groups as Prometheus reads them: in a PrometheusRule, and in a file for promtool. */
export function prometheusGroups(groups: readonly RuleGroup[]) {
  return groups.map(({ name, rules }) => ({
    name,
    interval: `${INTERVAL_MINUTES}m`,
    rules: rules.map(prometheusRule),
  }));
}

function prometheusRule(rule: Rule) {
  if (!isAlert(rule)) return { record: rule.record, expr: rule.expression };
  const { alert, expression, forMinutes, severity, summary, action } = rule;
  return {
    alert,
    expr: expression,
    ...(forMinutes > 0 && { for: `${forMinutes}m` }),
    labels: { severity },
    annotations: { summary, description: action },
  };
}
