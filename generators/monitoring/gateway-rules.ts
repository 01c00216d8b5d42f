import type { AlertRule, RuleGroup } from './alert-rule.ts';

/** How well requests are served: by the gateway itself and by the upstreams behind it. */
export function servingRules(): RuleGroup {
  return { name: 'tollgate-serving', rules: SERVING };
}

/** Money: budgets and prices. */
export function spendRules(): RuleGroup {
  return { name: 'tollgate-spend', rules: SPEND };
}

/** The configuration, the parts that may be missing, and the processes. */
export function operationRules(): RuleGroup {
  return { name: 'tollgate-operation', rules: OPERATION };
}

const SERVING: readonly AlertRule[] = [
  {
    alert: 'TollgateOverheadHigh',
    expression: 'histogram_quantile(0.99, sum by (le) (rate(tollgate_overhead_seconds_bucket[10m]))) > 0.1',
    forMinutes: 15,
    severity: 'warning',
    summary: 'The gateway itself adds more than 100 ms to one request in a hundred.',
    action:
      'Look at CPU and event loop lag on the traffic dashboard. If both are high on every pod, raise gateway.replicas.max; if only the cache is slow, Redis is.',
  },
  {
    alert: 'TollgateFirstByteSlow',
    expression:
      'histogram_quantile(0.95, sum by (model, le) (rate(tollgate_time_to_first_byte_seconds_bucket[15m]))) > 30',
    forMinutes: 15,
    severity: 'notice',
    summary: 'One stream in twenty of {{ $labels.model }} waits more than 30 s for its first byte.',
    action: 'The upstream is slow or short of capacity: add a deployment to the model, or capacity to the deployment.',
  },
  {
    alert: 'TollgateUpstreamFailing',
    expression: [
      'sum by (deployment) (rate(tollgate_upstream_attempts_total{result=~"failed|throttled"}[10m]))',
      '/ sum by (deployment) (rate(tollgate_upstream_attempts_total[10m])) > 0.2',
    ].join(' '),
    forMinutes: 10,
    severity: 'warning',
    summary: 'More than a fifth of the calls to the deployment {{ $labels.deployment }} fail or are throttled.',
    action:
      'The traffic dashboard tells failed from throttled. Throttled: raise its capacity or add a deployment to the model. Failed: look at the status page of its provider.',
  },
  {
    alert: 'TollgateUpstreamCredentialRefused',
    expression: 'sum by (model) (rate(tollgate_errors_total{code="upstream_unauthorized"}[10m])) > 0',
    forMinutes: 5,
    severity: 'critical',
    summary: "An upstream of {{ $labels.model }} refuses the gateway's own credential.",
    action:
      'The secret in the Key Vault is wrong, has expired or was rotated at the provider alone: write the new one into the vault. Pods follow within minutes.',
  },
];

const SPEND: readonly AlertRule[] = [
  {
    alert: 'TollgateBudgetNearlySpent',
    // Each pod counts by itself, so that the one that has seen most is the first to refuse.
    expression: 'max by (scope, id) (tollgate_budget_spent_usd / tollgate_budget_limit_usd) > 0.9',
    forMinutes: 5,
    severity: 'warning',
    summary: 'More than 90 % of the budget of the {{ $labels.scope }} {{ $labels.id }} is spent.',
    action: 'Ask its owner. To raise it, change max_budget in environments/<env>/keys/ by a pull request.',
  },
  {
    alert: 'TollgateBudgetRefusing',
    expression: 'sum by (team) (rate(tollgate_errors_total{code="budget_exceeded"}[15m])) > 0',
    forMinutes: 15,
    severity: 'warning',
    summary: 'Requests of the team {{ $labels.team }} are refused: a budget is spent.',
    action:
      'Its owner should know by now. The limits dashboard shows whether it is the budget of the team or of a key.',
  },
  {
    alert: 'TollgateUnpricedRequests',
    expression: 'sum by (model) (increase(tollgate_unpriced_requests_total[1h])) > 0',
    forMinutes: 0,
    severity: 'warning',
    summary: 'Nobody knows the price of {{ $labels.model }}: its requests count against no budget.',
    action:
      'Write input_cost_per_token and output_cost_per_token into its model_info in environments/<env>/models.yaml.',
  },
];

const OPERATION: readonly AlertRule[] = [
  {
    alert: 'TollgateDegraded',
    expression: 'max by (part) (tollgate_degraded) == 1',
    forMinutes: 10,
    severity: 'warning',
    summary: 'The gateway serves without a part of it: {{ $labels.part }}.',
    action:
      'Requests are answered and spend is kept. database, cache: look at the server, its private endpoint and the secret of its address. journal: look at the disk of the pod.',
  },
  {
    alert: 'TollgateConfigRefused',
    expression: 'min by (pod) (tollgate_config_last_reload_successful) == 0',
    forMinutes: 2,
    severity: 'warning',
    summary: 'The pod {{ $labels.pod }} serves the configuration before the last: it refused the new one.',
    action:
      'The log line "configuration kept" names the mistake. Correct environments/<env> by a pull request, or revert the last one.',
  },
  {
    alert: 'TollgateRevisionsDiffer',
    expression: 'count(count by (revision) (tollgate_config_revision)) > 1',
    forMinutes: 15,
    severity: 'warning',
    summary: 'Pods have served different configurations for a quarter of an hour.',
    action:
      'A pod does not see the new ConfigMap or refused it: compare GET /revision of each, and delete the pod that lags.',
  },
  {
    alert: 'TollgateRestarting',
    // Whatever else is scraped has a start time too.
    expression:
      'sum by (pod) (changes(process_start_time_seconds[1h]) and on (pod, instance) tollgate_requests_in_flight) > 2',
    forMinutes: 0,
    severity: 'warning',
    summary: 'The pod {{ $labels.pod }} has started again and again within an hour.',
    action:
      'kubectl -n tollgate describe pod tells the last reason. OOMKilled: raise its memory; else read its last log lines with --previous.',
  },
];
