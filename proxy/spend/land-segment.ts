import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Journal } from './journal.ts';
import { readSegment, type Segment } from './segments.ts';
import type { SpendCounters } from './spend-counters.ts';
import { RefusedRowsError, type SpendStore } from './spend-store.ts';

export interface Landing {
  readonly journal: Journal;
  readonly store: SpendStore;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  readonly counters: SpendCounters;
}

/**
 * Brings a segment's rows into the store and takes them off the journal. After a failure half way it begins again:
 * a row that is there already stays as it is.
 */
export async function landSegment(landing: Landing, segment: Segment): Promise<void> {
  const { journal, log, counters } = landing;
  const onTornLine = (): void =>
    log.warn({ file: segment.file }, 'spend row torn by a crash is dropped, its answer never left');
  try {
    for await (const slice of readSegment(segment.file, onTornLine)) await landRows(landing, slice);
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' || path !== segment.file) throw error;
    counters.journalFailures += 1;
    log.error({ file: segment.file }, 'spend journal has lost a file: somebody removed it');
  }
  await journal.remove(segment);
}

/** Stores rows, and halves a batch that is refused until the rows at fault stand alone: no other waits for them. */
export async function landRows(landing: Landing, rows: Buffer): Promise<void> {
  try {
    landing.counters.rowsWritten += await landing.store.insert(rows);
  } catch (error) {
    if (!(error instanceof RefusedRowsError)) throw error;
    const half = middleOf(rows);
    if (half === 0) return setAside(landing, rows, error);
    await landRows(landing, rows.subarray(0, half));
    await landRows(landing, rows.subarray(half));
  }
}

/** Where a line near the middle begins; 0 for a single line. */
function middleOf(rows: Buffer): number {
  const middle = rows.indexOf('\n', Math.floor(rows.length / 2)) + 1;
  return middle < rows.length ? middle : rows.subarray(0, -1).lastIndexOf('\n') + 1;
}

async function setAside({ journal, log, counters }: Landing, row: Buffer, error: Error): Promise<void> {
  const file = join(journal.folder, 'refused.ndjson');
  await appendFile(file, row, { mode: 0o600 });
  counters.rowsRefused += 1;
  log.error({ file, reason: error.message }, 'spend row refused by the database is set aside');
}
