import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commentOf } from '../../../generators/plan/cut-comment.ts';
import { printPlan } from '../../../generators/plan/print-plan.ts';
import { sectionsText } from '../../../generators/plan/print-section.ts';
import { azureChanges, planOfCase, planPath, reviewedPlan } from './azure-change.ts';

// UPDATE_PLANS=true npx vitest run --no-color test/generators/plan/azure-changes.test.ts
// writes each plan.md anew: read every line that changed as somebody who has never seen Azure.
const isUpdate = process.env['UPDATE_PLANS'] === 'true';
const RENDER_TIMEOUT_MS = 30_000;

describe.each(azureChanges())('the plan of the change of Azure %s', (name) => {
  it('is the one that was reviewed', { timeout: RENDER_TIMEOUT_MS }, () => {
    const { sections } = printPlan(planOfCase(name));
    const text = sectionsText(sections);
    if (isUpdate) writeFileSync(planPath(name), text);

    expect(text).toBe(reviewedPlan(name));
    expect(commentOf(sections, { wholeAt: 'the summary' })).toBe(text);
  });
});
