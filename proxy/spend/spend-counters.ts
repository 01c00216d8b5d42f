/** What metrics show; all since the start. */
export interface SpendCounters {
  /** New rows in the database. */
  rowsWritten: number;
  /** Rows that the database will never take: they lie in refused.ndjson. */
  rowsRefused: number;
  /** Rounds of writing to the database that failed. */
  writeFailures: number;
  /** Writes to the journal that the kernel refused, and files that it lost. */
  journalFailures: number;
}
