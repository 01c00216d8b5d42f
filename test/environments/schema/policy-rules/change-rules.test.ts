import { describe, expect, test } from 'vitest';
import { POLICY_RULES } from '../../../../environments/schema/policy-rules/policy-rules.ts';
import { CHANGE_CASES, type ChangeCase } from './change-cases.ts';
import { judgeChange, withStaging } from './policy-scene.ts';

const FOUND = CHANGE_CASES.filter(({ finding }) => finding !== undefined);
const NOT_FOUND = CHANGE_CASES.filter(({ finding }) => finding === undefined);

function sidesOf({ rule, options = '', before, after, changedPaths = [] }: ChangeCase, level = 'deny', more = '') {
  const policy = `production: [dev]\n${rule}: { level: ${level}${options === '' ? '' : `, ${options}`}${more} }\n`;
  return { base: withStaging(policy, before), head: withStaging(policy, after), changedPaths };
}

function printed({ finding, label, rule }: ChangeCase): string {
  return `${finding}; where it is meant, add the label ${label} (policy ${rule})`;
}

describe('a rule about a change', () => {
  test('has a broken example each', () => {
    const names = Object.entries(POLICY_RULES).flatMap(([name, { kind }]) => (kind === 'change' ? name : []));

    // policy_loosened is about policy.yaml itself, and has a file of its own.
    expect([...new Set(FOUND.map(({ rule }) => rule)), 'policy_loosened'].toSorted()).toEqual(names.toSorted());
  });

  test.each(FOUND)('finds $title ($rule)', (example) => {
    expect(judgeChange({ ...sidesOf(example), labels: ['other'] })).toEqual({
      problems: [printed(example)],
      notEvaluated: [],
    });
  });

  test.each(NOT_FOUND)('lets $title pass ($rule)', (example) => {
    expect(judgeChange({ ...sidesOf(example), labels: [] })).toEqual({ problems: [], notEvaluated: [] });
  });

  test.each(FOUND)('lets $title pass with its label ($rule)', (example) => {
    expect(judgeChange({ ...sidesOf(example), labels: ['other', example.label] }).problems).toEqual([]);
    const named = sidesOf(example, 'deny', ', label: agreed');
    expect(judgeChange({ ...named, labels: ['agreed'] }).problems).toEqual([]);
    expect(judgeChange({ ...named, labels: [example.label] }).problems).toHaveLength(1);
  });

  test.each(FOUND)('only warns of $title at that level, and is silent when off ($rule)', (example) => {
    const warning = printed(example).replace(': error: ', ': warning: ');
    expect(judgeChange({ ...sidesOf(example, 'warn'), labels: [] }).problems).toEqual([warning]);
    expect(judgeChange({ ...sidesOf(example, 'off'), labels: [] })).toEqual({ problems: [], notEvaluated: [] });
  });

  test.each(FOUND)('lets $title pass to the end of an exception ($rule)', (example) => {
    const until = (day: string) =>
      `, exceptions: [{ environment: dev, owner: '@example/platform', until: ${day}, reason: agreed }]`;

    expect(judgeChange({ ...sidesOf(example, 'deny', until('2026-11-24')), labels: [] }).problems).toEqual([]);
    expect(judgeChange({ ...sidesOf(example, 'deny', until('2026-11-23')), labels: [] }).problems).toEqual([
      printed(example),
    ]);
  });

  test.each(FOUND)('is not evaluated without labels ($rule: $title)', (example) => {
    expect(judgeChange(sidesOf(example))).toEqual({
      problems: [],
      notEvaluated: [
        {
          rule: example.rule,
          reason: 'the labels of the pull request are not known: give --labels a,b',
          isInPart: false,
        },
      ],
    });
  });
});
