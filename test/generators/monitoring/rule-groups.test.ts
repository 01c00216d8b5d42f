import { describe, expect, it } from 'vitest';
import { isAlert } from '../../../generators/monitoring/alert-rule.ts';
import { azureRuleGroups } from '../../../generators/monitoring/azure-rule-groups.ts';
import { ERROR_BUDGET } from '../../../generators/monitoring/availability-rules.ts';
import { JOURNAL_ALARM_BYTES } from '../../../generators/monitoring/ledger-rules.ts';
import { prometheusGroups } from '../../../generators/monitoring/prometheus-rule-groups.ts';
import { ruleGroups } from '../../../generators/monitoring/rule-groups.ts';
import { ENGINES } from '../../../generators/charts/gateway-engines.ts';
import { ALERTS, GROUPS, RULES, settingsWith } from './expressions.ts';
import { metricNames } from './metric-names.ts';

/** Of Azure Monitor: rules in one group, and groups for one workspace are far more than here. */
const AZURE_MOST_RULES = 20;

describe('the table of rules', () => {
  it('names every rule once', () => {
    const names = RULES.map((rule) => (isAlert(rule) ? rule.alert : rule.record));
    expect(new Set(names).size).toBe(names.length);
  });

  it('says of every alert what is wrong and what to do, in whole sentences', () => {
    for (const { summary, action } of ALERTS) {
      expect(summary).toMatch(/^[A-Z].+\.$/);
      expect(action).toMatch(/^\S.{20,}\.$/);
    }
  });

  it('keeps to template words that Prometheus and Azure both know', () => {
    const words = ALERTS.flatMap(({ summary, action }) => `${summary} ${action}`.match(/\{\{.*?\}\}/g) ?? []);
    expect(words.filter((word) => !/^\{\{ \$labels\.[a-z_]+ \}\}$/.test(word))).toEqual([]);
  });

  it('measures a certificate by its own life, never by a number of days', () => {
    const certificates = ALERTS.filter(({ expression }) => expression.includes('certificate_not_after'));
    expect(certificates).not.toEqual([]);
    for (const { expression } of certificates) expect(expression).toContain('certificate_not_before');
  });

  it('tells of a large journal long before its volume is full', () => {
    const { sizeLimit } = ENGINES.tollgate.writableFolders.find(({ name }) => name === 'journal') ?? {};
    expect(sizeLimit).toBe('4Gi');
    expect(JOURNAL_ALARM_BYTES).toBeLessThanOrEqual((4 * 1024 ** 3) / 2);
  });

  it('waits for as many writes as the environment makes before it says that none lands', () => {
    const notDraining = (seconds: number) => {
      const database = { url: 'os.environ/DATABASE_URL', batch_write_at: seconds };
      const settings = settingsWith({ gateway: { database, master_key: 'os.environ/LITELLM_MASTER_KEY' } });
      const rules = ruleGroups(settings).flatMap((group) => group.rules);
      return rules.filter(isAlert).find(({ alert }) => alert === 'TollgateLedgerNotDraining')?.expression;
    };
    expect(notDraining(60)).toContain('[15m]');
    expect(notDraining(3_600)).toContain('[180m]');
  });

  it('has nothing of the gateway for the stock LiteLLM image', () => {
    const rules = ruleGroups(settingsWith({ engine: 'litellm' })).flatMap((group) => group.rules);
    expect(rules).not.toEqual([]);
    const names = rules.flatMap(({ expression }) => metricNames(expression));
    expect(names.filter((name) => name.startsWith('tollgate'))).toEqual([]);
  });

  it('has nothing of NGINX where the ingress is another', () => {
    const rules = ruleGroups(settingsWith({ ingress: { controller: 'gateway_api' } })).flatMap((group) => group.rules);
    expect(
      rules.flatMap(({ expression }) => metricNames(expression)).filter((name) => name.startsWith('nginx')),
    ).toEqual([]);
  });

  it('burns the budget that it promises', () => {
    const fast = ALERTS.find(({ alert }) => alert === 'TollgateErrorBudgetBurnFast');
    expect(ERROR_BUDGET).toBe(0.005);
    expect(fast?.expression).toContain('tollgate:fault_ratio:rate1h > 0.072 and tollgate:fault_ratio:rate5m > 0.072');
  });
});

describe('azureRuleGroups', () => {
  const groups = azureRuleGroups(GROUPS);

  it('has the same rules as the operator would', () => {
    const expressions = (rules: readonly object[], key: string) =>
      rules.map((rule) => [(rule as Record<string, unknown>)['alert'], (rule as Record<string, unknown>)[key]]);
    expect(groups.flatMap(({ properties }) => expressions(properties.rules, 'expression'))).toEqual(
      prometheusGroups(GROUPS).flatMap(({ rules }) => expressions(rules, 'expr')),
    );
  });

  it('writes durations as ISO 8601 and severities as numbers from 0 to 4', () => {
    for (const { properties } of groups) {
      expect(properties.interval).toBe('PT1M');
      for (const rule of properties.rules) {
        if (!('alert' in rule)) continue;
        expect(rule.for ?? 'PT1M').toMatch(/^PT\d+M$/);
        expect([0, 1, 2, 3, 4]).toContain(rule.severity);
      }
    }
  });

  it('keeps within what one group of Azure may hold', () => {
    for (const { name, properties } of groups) {
      expect(name).toMatch(/^[a-z-]+$/);
      expect(properties.rules.length).toBeLessThanOrEqual(AZURE_MOST_RULES);
    }
  });

  it('leaves what only a deployment knows to the deployment', () => {
    const text = JSON.stringify(groups);
    for (const word of ['/subscriptions/', 'scopes', 'clusterName', 'location', 'actions'])
      expect(text).not.toContain(`"${word}`);
  });
});
