import { z } from 'zod';
import { limitFields } from '../../environments/schema/budget.ts';
import { formatUsd, usdToNanoUsd } from '../../environments/schema/money.ts';
import type { Findings } from './findings.ts';
import type { Row } from './read-database.ts';

const Limits = z.object(limitFields);
export type Limits = z.infer<typeof Limits>;
const FIELDS = ['max_budget', 'budget_duration', 'rpm_limit', 'tpm_limit'] as const;

/** A row that has limits: what messages call it, its table, and its shared budget where it has one. */
export interface LimitedRow {
  readonly title: string;
  readonly table: string;
  readonly row: Row;
  readonly budget: Row | undefined;
}

/** The limits of a key or a team: its own, else those of its budget row, as LiteLLM reads them. */
export function translateLimits({ title, table, row, budget }: LimitedRow, findings: Findings): Limits {
  const limits: Limits = {};
  for (const field of FIELDS) {
    const value = row[field] ?? budget?.[field] ?? undefined;
    if (value === undefined) continue;
    const parsed = Limits.shape[field].safeParse(value);
    if (parsed.success) Object.assign(limits, { [field]: parsed.data });
    else
      findings.gaps.push({
        place: `${table}.${field}`,
        found: `${title}: ${JSON.stringify(value)}`,
        reason: 'environments/ does not take this value, so it has no such limit now',
        advice: `write ${field} into its file`,
      });
  }
  if (limits.budget_duration !== undefined && limits.max_budget === undefined) delete limits.budget_duration;
  tellSpend({ title, table, row, budget }, limits, findings);
  return limits;
}

function tellSpend({ title, table, row }: LimitedRow, limits: Limits, findings: Findings): void {
  const spend = row['spend'];
  if (typeof spend !== 'number' || spend <= 0 || limits.max_budget === undefined) return;
  const [spent, of] = [spend, limits.max_budget].map((usd) => formatUsd(usdToNanoUsd(Math.round(usd * 100) / 100)));
  findings.gaps.push({
    place: `${table}.spend`,
    found: `${title}: $${spent} of $${of}`,
    reason: 'spend does not stand in Git: its budget starts anew here',
    advice: 'move at the end of a window, or lower max_budget until then',
  });
}
