import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { isAlert, type RuleGroup } from '../../generators/monitoring/alert-rule.ts';
import { prometheusGroups } from '../../generators/monitoring/prometheus-rule-groups.ts';
import { ALERTS, GROUPS, PANEL_EXPRESSIONS } from '../generators/monitoring/expressions.ts';
import { describeWithPrograms } from '../support/real-program.ts';
import { tempFolder } from '../support/temp-folder.ts';
import type { AlertCase, Series } from './alert-cases/alert-case.ts';
import { AVAILABILITY_CASES } from './alert-cases/availability.ts';
import { CLUSTER_CASES } from './alert-cases/cluster.ts';
import { GATEWAY_CASES } from './alert-cases/gateway.ts';
import { LEDGER_CASES } from './alert-cases/ledger.ts';

const CASES = [...AVAILABILITY_CASES, ...GATEWAY_CASES, ...LEDGER_CASES, ...CLUSTER_CASES];

/** A case of hours is looked at every ten minutes, which changes nothing but how long it takes. */
const LONG_CASE_MINUTES = 300;

describeWithPrograms(['promtool'], 'rules and panels', () => {
  it('reads every rule', () => {
    expect(checkRules({ groups: prometheusGroups(GROUPS) })).toContain('SUCCESS');
  });

  it('has a case in which each alert goes off and one in which it stays silent', () => {
    const alerts = ALERTS.map(({ alert }) => alert).toSorted();
    const covered = (isFiring: boolean) => [
      ...new Set(CASES.filter(({ fires }) => (fires !== undefined) === isFiring).map(({ alert }) => alert)),
    ];
    expect(covered(true).toSorted()).toEqual(alerts);
    expect(covered(false).toSorted()).toEqual(alerts);
  });

  it.each(GROUPS.map(({ name }) => name))('goes off when it should and is silent when not: %s', (group) => {
    const cases = CASES.filter(({ alert }) => groupOf(alert).name === group);
    const isLong = ({ atMinute }: AlertCase) => atMinute > LONG_CASE_MINUTES;
    expect(
      testRules(
        cases.filter((each) => !isLong(each)),
        '1m',
      ),
    ).toContain('SUCCESS');
    expect(testRules(cases.filter(isLong), '10m')).toContain('SUCCESS');
  });

  it('reads the query of every panel', () => {
    const rules = PANEL_EXPRESSIONS.map(({ expression }, index) => ({
      record: `panel:query:${index}`,
      expr: expression,
    }));
    expect(checkRules({ groups: [{ name: 'panels', rules }] })).toContain(`SUCCESS: ${rules.length} rules found`);
  });

  it('would not read a query with a mistake, nor pass a case that is wrong', () => {
    const broken = { groups: [{ name: 'broken', rules: [{ record: 'a', expr: 'sum by (le (rate(b[5m]))' }] }] };
    expect(() => checkRules(broken)).toThrow(/could not parse expression/);
    const [absent] = AVAILABILITY_CASES;
    expect(() => testRules([{ ...absent!, atMinute: 2 }], '1m')).toThrow(/FAILED/);
  });
});

function checkRules(rules: object): string {
  const folder = tempFolder();
  const file = join(folder, 'rules.yaml');
  writeFileSync(file, stringify(rules));
  return promtool(['check', 'rules', file], folder);
}

/** Runs the cases, which are of one group, against that group alone: what else it says costs time. */
function testRules(cases: readonly AlertCase[], interval: string): string {
  const [first] = cases;
  if (first === undefined) return 'SUCCESS, with nothing to test';
  const folder = tempFolder();
  writeFileSync(join(folder, 'rules.yaml'), stringify({ groups: prometheusGroups([groupOf(first.alert)]) }));
  const file = join(folder, 'cases.yaml');
  const tests = cases.map(promtoolTest);
  writeFileSync(file, stringify({ rule_files: ['rules.yaml'], evaluation_interval: interval, tests }));
  return promtool(['test', 'rules', file], folder);
}

function groupOf(name: string): RuleGroup {
  return GROUPS.find(({ rules }) => rules.some((rule) => isAlert(rule) && rule.alert === name))!;
}

function promtoolTest({ alert, title, series, atMinute, fires = [] }: AlertCase) {
  return {
    name: `${alert}: ${title}`,
    interval: '1m',
    input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
    alert_rule_test: [
      {
        eval_time: `${atMinute}m`,
        alertname: alert,
        exp_alerts: fires.map((labels) => expectedAlert(alert, labels)),
      },
    ],
  };
}

function expectedAlert(name: string, labels: Series) {
  const { severity, summary, action } = ALERTS.find(({ alert }) => alert === name)!;
  const filled = summary.replace(/\{\{ \$labels\.(\w+) \}\}/g, (_template, label: string) => labels[label] ?? '');
  return { exp_labels: { severity, ...labels }, exp_annotations: { summary: filled, description: action } };
}

/** What it printed. Throws with all of that where it found a mistake. */
function promtool(args: readonly string[], folder: string): string {
  return execFileSync('promtool', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
