import type { BudgetTotals } from './budget-totals.ts';
import { linesOf, listSegments, readSegment } from './segments.ts';
import type { SpendLog } from './spend-log.ts';

/** Tells the budgets of the rows that an earlier process left, so that they count before the database answers. */
export async function recoverBudgets(folder: string, budgets: BudgetTotals): Promise<void> {
  for (const { file } of listSegments(folder)) {
    for await (const slice of readSegment(file, () => undefined)) {
      for (const line of linesOf(slice)) {
        const row = parseRow(line);
        if (row !== undefined) budgets.addRecovered(row);
      }
    }
  }
}

/** What is no row is told by the writer, which sets it aside. */
function parseRow(line: string): SpendLog | undefined {
  try {
    const row: unknown = JSON.parse(line);
    return typeof row === 'object' && row !== null && 'started_at_ms' in row ? (row as SpendLog) : undefined;
  } catch {
    return undefined;
  }
}
