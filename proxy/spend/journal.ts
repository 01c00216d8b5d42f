import { closeSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Logger } from 'pino';
import { listSegments, segmentAt, type Segment } from './segments.ts';
import type { SpendCounters } from './spend-counters.ts';
import type { SpendLog } from './spend-log.ts';

const LARGEST_SEGMENT_BYTES = 8 * 1024 * 1024;
const RETRY_MS = 250;

/**
 * Rows on their way to the database, in files that outlive the process. A row that the kernel has is safe from
 * everything but the end of the machine: there is no fsync.
 */
export interface Journal {
  readonly folder: string;
  /** The last write went well. While false the rows wait in memory and nothing new should be begun. */
  readonly isWritable: boolean;
  /** Of rows that are not yet removed. */
  readonly pendingBytes: number;
  /**
   * Resolves when the row is with the kernel, or when the kernel has refused it once: nobody waits for a full disk.
   * All rows of one turn of the event loop are one write.
   */
  append(row: SpendLog): Promise<void>;
  /** Writes what there is and ends the growing segment. Every row until now is in a segment of this number or before. */
  seal(): number;
  /** The oldest segment; `isWhole` when it no longer grows and all of it is with the kernel. */
  oldest(): (Segment & { readonly isWhole: boolean }) | undefined;
  /** Lines that the kernel refuses until now. */
  unwrittenRows(): Buffer;
  /** Takes a segment's rows off the journal, also where its file is gone. */
  remove(segment: Segment): Promise<void>;
  /** Ends the retries. What is unwritten stays in memory. */
  close(): void;
}

interface OpenSegment extends Segment {
  bytes: number;
  unwritten: string[];
  isSealed: boolean;
  fd: number | undefined;
}

/** Opens the journal in a folder that no other process uses, with the segments that are left there. */
export function openJournal(options: {
  folder: string;
  log: Pick<Logger, 'error' | 'info'>;
  counters: Pick<SpendCounters, 'journalFailures'>;
  /** A segment was ended because of its size. */
  onFull?: () => void;
  now?: () => number;
}): Journal {
  const { folder, log, counters, onFull = () => undefined, now = Date.now } = options;
  let segments = listSegments(folder).map(restore);
  let growing: OpenSegment | undefined;
  let newestNumber = segments.at(-1)?.number ?? 0;
  let turn: PromiseWithResolvers<void> | undefined;
  let retry: NodeJS.Timeout | undefined;
  let isWritable = true;
  let isClosed = false;

  function append(row: SpendLog): Promise<void> {
    growing ??= begin();
    growing.unwritten.push(JSON.stringify(row));
    if (!isWritable) return Promise.resolve();
    if (turn === undefined) {
      turn = Promise.withResolvers();
      setImmediate(writeTurn);
    }
    return turn.promise;
  }

  function begin(): OpenSegment {
    newestNumber = Math.max(now(), newestNumber + 1);
    const segment = { ...segmentAt(folder, newestNumber), bytes: 0, unwritten: [], isSealed: false, fd: undefined };
    segments.push(segment);
    return segment;
  }

  function writeTurn(): void {
    write();
    turn?.resolve();
    turn = undefined;
    if (growing === undefined || growing.bytes < LARGEST_SEGMENT_BYTES) return;
    seal();
    onFull();
  }

  /** Oldest first, so that order survives a refusal. */
  function write(): void {
    try {
      for (const segment of segments) if (segment.unwritten.length > 0) writeLines(segment);
      if (!isWritable) log.info({ folder }, 'spend journal is written again');
      isWritable = true;
    } catch (error) {
      counters.journalFailures += 1;
      const reason = (error as NodeJS.ErrnoException).code;
      if (isWritable) log.error({ folder, reason }, 'spend journal cannot be written, new requests are refused');
      isWritable = false;
      if (!isClosed) retry ??= setTimeout(writeAgain, RETRY_MS).unref();
    }
  }

  function writeAgain(): void {
    retry = undefined;
    writeTurn();
  }

  function seal(): number {
    write();
    if (growing !== undefined) {
      growing.isSealed = true;
      if (growing.unwritten.length === 0) closeFile(growing);
      growing = undefined;
    }
    return newestNumber;
  }

  function oldest(): (Segment & { isWhole: boolean }) | undefined {
    const segment = segments[0];
    return segment && { ...segment, isWhole: segment.isSealed && segment.unwritten.length === 0 };
  }

  async function remove(segment: Segment): Promise<void> {
    segments = segments.filter(({ number }) => number !== segment.number);
    await rm(segment.file, { force: true });
  }

  return {
    folder,
    get isWritable() {
      return isWritable && !isClosed;
    },
    get pendingBytes() {
      return segments.reduce((sum, segment) => sum + segment.bytes + lengthOf(segment.unwritten), 0);
    },
    append,
    seal,
    oldest,
    unwrittenRows: () => Buffer.concat(segments.map(unwrittenBytes)),
    remove,
    close() {
      isClosed = true;
      clearTimeout(retry);
    },
  };
}

function restore(segment: Segment & { bytes: number }): OpenSegment {
  return { ...segment, unwritten: [], isSealed: true, fd: undefined };
}

/** All or nothing: what a refused write has left behind is cut off before the next one. */
function writeLines(segment: OpenSegment): void {
  const bytes = unwrittenBytes(segment);
  try {
    segment.fd ??= openToAppend(segment);
    let done = 0;
    while (done < bytes.length) done += writeSync(segment.fd, bytes, done);
  } catch (error) {
    closeFile(segment);
    throw error;
  }
  segment.bytes += bytes.length;
  segment.unwritten = [];
  if (segment.isSealed) closeFile(segment);
}

function unwrittenBytes({ unwritten }: OpenSegment): Buffer {
  return Buffer.from(unwritten.map((line) => `${line}\n`).join(''));
}

function openToAppend({ file, bytes }: OpenSegment): number {
  const fd = openSync(file, 'a', 0o600);
  if (fstatSync(fd).size > bytes) ftruncateSync(fd, bytes);
  return fd;
}

function closeFile(segment: OpenSegment): void {
  if (segment.fd === undefined) return;
  const { fd } = segment;
  segment.fd = undefined;
  closeSync(fd);
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}
