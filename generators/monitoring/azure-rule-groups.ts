import { INTERVAL_MINUTES, isAlert, type Rule, type RuleGroup, type Severity } from './alert-rule.ts';

/** Azure counts from 0, the gravest, to 4. */
const SEVERITIES: Readonly<Record<Severity, number>> = { critical: 1, warning: 2, notice: 3 };

/** Azure ends an alert after its condition has been false for so long. */
const RESOLVES_AFTER = isoMinutes(10);

/**
 * The groups as Microsoft.AlertsManagement/prometheusRuleGroups wants them. What is known only after a deployment is
 * left to whoever deploys them: location, scopes, clusterName and each alert's actions.
 */
export function azureRuleGroups(groups: readonly RuleGroup[]) {
  return groups.map(({ name, rules }) => ({
    name,
    properties: { enabled: true, interval: isoMinutes(INTERVAL_MINUTES), rules: rules.map(azureRule) },
  }));
}

function azureRule(rule: Rule) {
  if (!isAlert(rule)) return { record: rule.record, expression: rule.expression, enabled: true };
  const { alert, expression, forMinutes, severity, summary, action } = rule;
  return {
    alert,
    expression,
    enabled: true,
    ...(forMinutes > 0 && { for: isoMinutes(forMinutes) }),
    severity: SEVERITIES[severity],
    labels: { severity },
    annotations: { summary, description: action },
    resolveConfiguration: { autoResolved: true, timeToResolve: RESOLVES_AFTER },
  };
}

/** Minutes as an ISO 8601 duration. */
function isoMinutes(minutes: number): string {
  return `PT${minutes}M`;
}
