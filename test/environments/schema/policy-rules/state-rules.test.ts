import { describe, expect, test } from 'vitest';
import { POLICY_RULES } from '../../../../environments/schema/policy-rules/policy-rules.ts';
import { problemsOf } from '../scratch-environments.ts';
import { editedEnvironments } from './policy-scene.ts';
import { STATE_CASES } from './state-cases.ts';

const ENVIRONMENT = 'environment: dev';

/** Every environment of the scene is production. */
function policyWith(rule: string, options: string, level: string, exception?: string): string {
  const exceptions = exception === undefined ? '' : `, exceptions: [{ ${exception} }]`;
  return `production: [dev]\n${rule}: { level: ${level}${options === '' ? '' : `, ${options}`}${exceptions} }\n`;
}

function excusing(selector: string, until: string): string {
  return `${selector}, owner: platform@example.com, until: ${until}, reason: it moves`;
}

describe('a rule on the state of an environment', () => {
  test('has a broken example each', () => {
    const state = Object.entries(POLICY_RULES).filter(([, { kind }]) => kind === 'state');

    expect(STATE_CASES.map(({ rule }) => rule).toSorted()).toEqual(state.map(([name]) => name).toSorted());
  });

  describe.each(STATE_CASES)('$rule', ({ rule, options = '', edits, finding, selector = ENVIRONMENT, others = [] }) => {
    const error = `${finding} (policy ${rule})`;
    const problemsUnder = (level: string, exception?: string) =>
      problemsOf(editedEnvironments(policyWith(rule, options, level, exception), edits)).filter(
        (problem) => !others.some((other) => problem.includes(other)),
      );

    test('says where it is broken, and the fix', () => {
      expect(problemsUnder('deny')).toEqual([error]);
    });

    test('only warns at that level, and says nothing when it is off', () => {
      expect(problemsUnder('warn')).toEqual([error.replace(': error: ', ': warning: ')]);
      expect(problemsUnder('off').filter((problem) => problem.includes('policy '))).toEqual([]);
    });

    test('is silent to the end of an exception, whose own end is a finding', () => {
      expect(problemsUnder('deny', excusing(selector, '2026-11-24'))).toEqual([]);
      expect(problemsUnder('deny', excusing(selector, '2026-11-23'))).toEqual([
        error,
        expect.stringMatching(
          /^policy.yaml:2:\d+: warning: .*this exception ended 2026-11-23: remove it, or agree on another day with platform@example.com$/,
        ),
      ]);
    });

    test('is not silent for an exception of another environment', () => {
      expect(problemsUnder('deny', excusing('environment: staging', '2027-06-30'))).toEqual([error]);
    });
  });

  test.each([
    [
      'that models.yaml names by the name of an allowed model',
      'gpt-4o',
      'dev/models.yaml:4:7: error: model_list.0.litellm_params.model: azure/gpt-4o is the name of a deployment of azure/gpt-5.1, not on the list for production: use azure/gpt-4o or openai/gpt-4o-mini (policy allowed_models)',
    ],
    [
      'that models.yaml does not name',
      'spare',
      'dev/environment.yaml:4:40: error: openai.deployments.0.model: deployment spare serves azure/gpt-5.1, not on the list for production: use azure/gpt-4o or openai/gpt-4o-mini (policy allowed_models)',
    ],
  ])('allowed_models finds the model of a deployment %s', (_title, name, finding) => {
    const policy = policyWith('allowed_models', 'models: [azure/gpt-4o, openai/gpt-4o-mini]', 'deny');
    const deployment = (model: string) =>
      `openai: { deployments: [{ name: ${name}, model: ${model}, version: "2025-11-13", capacity: 5 }] }\ngateway:\n`;
    const problemsOfModel = (model: string) => {
      const edits = { 'dev/environment.yaml': [['gateway:\n', deployment(model)]] } as const;
      return problemsOf(editedEnvironments(policy, edits)).filter((problem) => problem.includes('policy '));
    };

    expect(problemsOfModel('gpt-5.1')).toEqual([finding]);
    expect(problemsOfModel('gpt-4o')).toEqual([]);
  });

  test.each([
    ['*.example.com', 'https://llm.eu.example.com:8443/v1', true],
    ['*.example.com', 'https://example.com/v1', false],
    ['llm.example.com', 'https://llm.example.com.example.org/v1', false],
    ['llm.example.com', 'https://our-account.openai.azure.com', true],
    ['llm.example.com', 'https://openai.azure.com.example.org', false],
    ['llm.example.com', 'os.environ/QWEN_BASE', true],
  ])('allowed_hosts with %s judges %s: %s', (host, base, isAllowed) => {
    const policy = policyWith('allowed_hosts', `hosts: ['${host}']`, 'deny');
    const edits = { 'dev/models.yaml': [['os.environ/AZURE_OPENAI_ENDPOINT', base]] } as const;

    expect(problemsOf(editedEnvironments(policy, edits))).toHaveLength(isAllowed ? 0 : 1);
  });

  test('price_override finds a model that is counted as a cheaper one, by base_model or by the name of its deployment', () => {
    const policy = policyWith('price_override', 'percent: 50', 'deny');
    const deployment =
      'openai: { deployments: [{ name: gpt-4o, model: gpt-5.4-pro, version: "2025-11-13", capacity: 5 }] }\ngateway:\n';
    const byName = editedEnvironments(policy, { 'dev/environment.yaml': [['gateway:\n', deployment]] });
    const cheaper = '"2024-10-21"\n    model_info: { base_model: azure/gpt-4o-mini }';
    const byBase = editedEnvironments(policy, { 'dev/models.yaml': [['"2024-10-21"', cheaper]] });

    for (const root of [byName, byBase])
      expect(
        problemsOf(root).filter((problem) => /budgets would count .* \(policy price_override\)$/.test(problem)),
      ).toEqual([
        expect.stringMatching(/(input|output), and azure\/gpt-/),
        expect.stringMatching(/(input|output), and azure\/gpt-/),
      ]);
  });
});
