import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commentOf } from '../../../generators/plan/cut-comment.ts';
import { printPlan } from '../../../generators/plan/print-plan.ts';
import { sectionsText } from '../../../generators/plan/print-section.ts';
import { planOfRecorded, readRecorded, recordedPath, recordedPullRequests } from './recorded-pull-request.ts';

// UPDATE_PLANS=true npx vitest run --no-color test/generators/plan/pull-requests.test.ts
// writes each plan.md anew: read every line that changed as somebody who has never seen Kubernetes.
const isUpdate = process.env['UPDATE_PLANS'] === 'true';
const RENDER_TIMEOUT_MS = 30_000;

describe.each(recordedPullRequests())('the plan of the recorded pull request %s', (name) => {
  it('is the one that was reviewed', { timeout: RENDER_TIMEOUT_MS }, () => {
    const { sections, isEmpty } = printPlan(planOfRecorded(name));
    const text = sectionsText(sections);
    if (isUpdate) writeFileSync(recordedPath(name, 'plan.md'), text);
    expect(isEmpty).toBe(false);
    expect(text).toBe(readRecorded(name, 'plan.md'));
    expect(commentOf(sections, { wholeAt: 'the summary' })).toBe(text);
  });
});

describe('the recorded pull requests', () => {
  it('are the ten that this product is used by most', () => {
    expect(recordedPullRequests()).toEqual([
      'add-key',
      'add-model',
      'break-rule',
      'change-chart',
      'delete-environment',
      'promote',
      'raise-budget',
      'rename-model-in-use',
      'revoke-key',
      'rotate-key',
    ]);
  });
});
