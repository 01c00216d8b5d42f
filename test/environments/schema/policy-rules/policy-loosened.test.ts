import { describe, expect, test } from 'vitest';
import { editedEnvironments, judgeChange } from './policy-scene.ts';

const EXCEPTION = '{ team: ml, owner: platform@example.com, until: 2027-06-30, reason: a trial }';
const BEFORE = [
  'production: [dev, qa]',
  'key_expiry: { level: deny, within_days: 300 }',
  'replicas: { level: warn, min: 2 }',
  'allowed_providers: { level: deny, providers: [azure, openai] }',
  'budget_raise: { level: deny, percent: 20 }',
  'allowed_hosts: { level: deny, hosts: [] }',
  'policy_loosened: { level: deny }',
];
const POLICY = BEFORE.join('\n');

/** What is told where the head's policy.yaml is the base's with one replacement. */
function judge(from: string, to: string, labels: readonly string[] = []): string[] {
  const [base, head] = [POLICY, POLICY.replace(from, to)].map((policy) => editedEnvironments(policy));
  if (base === undefined || head === undefined) return [];
  return judgeChange({ base, head, changedPaths: [], labels }).problems;
}

const LOOSER: readonly [title: string, from: string, to: string, finding: string][] = [
  [
    'a lower level',
    'replicas: { level: warn',
    'replicas: { level: off',
    '3:13: error: replicas.level: the level of replicas falls from warn to off',
  ],
  [
    'a rule that goes',
    `${BEFORE[1]}\n`,
    '',
    '1:1: error: key_expiry.level: the level of key_expiry falls from deny to off',
  ],
  ['a wider limit', 'within_days: 300', 'within_days: 366', '2:28: error: within_days goes from 300 to 366'],
  ['a lower least', 'min: 2', 'min: 1', '3:26: error: min goes from 2 to 1'],
  ['a longer list', 'openai]', 'openai, groq]', '4:62: error: providers now has groq'],
  [
    'one more host',
    'hosts: []',
    'hosts: [{ host: llm.example.com, environment: qa }]',
    '6:39: error: hosts now has llm.example.com for qa',
  ],
  [
    'a new exception',
    'days: 300',
    `days: 300, exceptions: [${EXCEPTION}]`,
    '2:59: error: key_expiry.exceptions.0: key_expiry gets an exception',
  ],
  [
    'another label',
    'percent: 20',
    'percent: 20, label: fine',
    '5:43: error: budget_raise.label: another label lifts budget_raise: fine',
  ],
  ['one production less', '[dev, qa]', '[dev]', '1:1: error: production: qa is no longer production'],
  [
    'a place for secrets',
    'production',
    'allowed_secrets: [{ path: docs/**, reason: examples }]\nproduction',
    '1:19: error: allowed_secrets.0: secrets are let pass in docs/**',
  ],
  [
    'this rule itself',
    'loosened: { level: deny',
    'loosened: { level: off',
    '7:20: error: policy_loosened.level: the level of policy_loosened falls from deny to off',
  ],
];

describe('policy_loosened', () => {
  test.each(LOOSER)('finds %s, and lets it pass with its label', (_title, from, to, finding) => {
    expect(judge(from, to)).toEqual([
      `policy.yaml:${finding}; where it is meant, add the label policy (policy policy_loosened)`,
    ]);
    expect(judge(from, to, ['policy'])).toEqual([]);
  });

  test.each([
    ['a higher level', 'warn', 'deny'],
    ['a narrower limit', '300', '200'],
    ['a higher least', 'min: 2', 'min: 3'],
    ['a shorter list', ', openai', ''],
    ['one production more', 'qa]', 'qa, prod]'],
    ['nothing', '', ''],
  ])('lets %s pass', (_title, from, to) => {
    expect(judge(from, to)).toEqual([]);
  });
});
