import { describe, expect, test } from 'vitest';
import { describeNotEvaluated, evaluatePolicy } from '../../../environments/schema/evaluate-policy.ts';
import { loadEnvironments } from '../../../environments/schema/load-environments.ts';
import { editedEnvironments, judgeChange, withStaging } from './policy-rules/policy-scene.ts';
import { TODAY } from './scratch-environments.ts';

const RAISE = { 'dev/keys/ml.yaml': [['max_budget: 200', 'max_budget: 900']] } as const;

function evaluate(policy: string) {
  const loaded = loadEnvironments(editedEnvironments(policy), { now: TODAY });
  if (loaded.policy === undefined) throw new Error('there is no policy');
  return evaluatePolicy({ policy: loaded.policy, environments: loaded.files, now: TODAY });
}

describe('evaluatePolicy', () => {
  test('judges state and change together, and says which rules it could not judge', () => {
    const { problems, judged, notEvaluated } = evaluate(
      [
        'rate_limit: { level: warn }',
        'budget_raise: { level: deny, percent: 0 }',
        'model_in_use: { level: off }',
        'blast_radius: { level: warn }',
      ].join('\n'),
    );

    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('key ml-notebooks may call as fast as it likes'),
      expect.stringContaining('key search-api may call as fast as it likes'),
    ]);
    expect(judged).toBe(1);
    expect(describeNotEvaluated(notEvaluated)).toEqual([
      '1 rule not evaluated (budget_raise): there is nothing to compare with: give --base <commit>',
      '1 rule not evaluated (blast_radius): the changed files are not known: give --base <commit>',
    ]);
  });

  test('a policy.yaml with errors has no rules', () => {
    expect(evaluate('team_budget: { level: never }')).toEqual({ problems: [], judged: 0, notEvaluated: [] });
  });

  test('a pull request cannot lift a rule that the base holds it to', () => {
    const base = withStaging('budget_raise: { level: deny, percent: 20 }\n');
    for (const head of [
      'budget_raise: { level: off, percent: 20 }\n',
      'budget_raise: { level: warn, percent: 999 }\n',
      'budget_raise: { level: deny, percent: 20, label: mine }\n',
      'team_budget: { level: deny }\n',
    ]) {
      const { problems } = judgeChange({ base, head: withStaging(head, RAISE), labels: ['mine'] });

      expect(problems).toEqual([expect.stringContaining('error: max_budget: the budget of team ml rises')]);
    }
  });

  test('what the base calls production stays production for the change that takes it away', () => {
    const base = withStaging('production: [dev]\nkey_in_use: { level: deny }\n');
    const head = withStaging('production: [staging]\nkey_in_use: { level: deny }\n', { 'dev/keys/ml.yaml': undefined });

    expect(judgeChange({ base, head, labels: [] }).problems).toHaveLength(1);
  });

  test('says what of the base it could not compare with', () => {
    const policy = 'budget_raise: { level: deny, percent: 20 }\n';
    const base = withStaging(policy, { 'dev/keys/ml.yaml': [['owners', 'owner']] });

    const { problems, notEvaluated } = judgeChange({ base, head: withStaging(policy, RAISE), labels: [] });

    expect(problems).toEqual([]);
    expect(describeNotEvaluated(notEvaluated)).toEqual([
      `1 rule compared without ${base}/dev/keys/ml.yaml of the base, which has errors (budget_raise)`,
    ]);
  });

  test('has nothing to say of files that the base does not give', () => {
    const policy = 'budget_raise: { level: deny, percent: 20 }\n';
    const base = withStaging(policy, { 'dev/models.yaml': undefined });

    expect(judgeChange({ base, head: withStaging(policy, RAISE), labels: [] })).toEqual({
      problems: [expect.stringContaining('the budget of team ml rises')],
      notEvaluated: [],
    });
  });

  test('names the rules that wait for the same thing on one line', () => {
    const waiting = ['budget_raise', 'model_in_use'].map((rule) => ({ rule, reason: 'no labels', isInPart: false }));

    expect(describeNotEvaluated(waiting)).toEqual(['2 rules not evaluated (budget_raise, model_in_use): no labels']);
  });
});
