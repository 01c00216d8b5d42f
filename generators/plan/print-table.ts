export interface Column<Row> {
  readonly title: string;
  /** Markdown of one line; empty where there is nothing to say. */
  readonly cell: (row: Row) => string;
}

const MOST_ROWS = 100;

/** A Markdown table without the columns that are empty in every row; empty without rows. */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const shown = rows.slice(0, MOST_ROWS);
  const used = columns.filter(({ cell }) => shown.some((row) => cell(row) !== ''));
  if (shown.length === 0 || used.length === 0) return '';
  const left = rows.length - shown.length;
  return [
    `| ${used.map(({ title }) => title).join(' | ')} |`,
    `| ${used.map(() => '---').join(' | ')} |`,
    ...shown.map((row) => `| ${used.map(({ cell }) => cell(row)).join(' | ')} |`),
    ...(left > 0 ? ['', `${left.toLocaleString('en-US')} more are not shown.`] : []),
  ].join('\n');
}

/** `before → after`, or the one where both are the same or the other is absent. */
export function beforeAfter(before: string | undefined, after: string | undefined): string {
  if (before === undefined || before === after) return after ?? '';
  return after === undefined ? before : `${before} → ${after}`;
}
