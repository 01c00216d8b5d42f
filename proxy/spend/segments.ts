import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';

const NAME = /^(?<number>\d{15})\.ndjson$/;
const NUMBER_DIGITS = 15;
const SLICE_BYTES = 256 * 1024;
const NEWLINE = 0x0a;

/** One file of the journal: a row of JSON in each line. Only the newest one grows. */
export interface Segment {
  /** The time at which it began, or one more than its forerunner's: later segments have higher numbers. */
  readonly number: number;
  readonly file: string;
}

export function segmentAt(folder: string, number: number): Segment {
  return { number, file: join(folder, `${String(number).padStart(NUMBER_DIGITS, '0')}.ndjson`) };
}

/** The segments of a folder with their sizes, oldest first. Makes the folder where there is none. */
export function listSegments(folder: string): (Segment & { bytes: number })[] {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return readdirSync(folder)
    .flatMap((name) => NAME.exec(name)?.groups?.['number'] ?? [])
    .map((number) => segmentAt(folder, Number(number)))
    .map((segment) => ({ ...segment, bytes: statSync(segment.file).size }))
    .toSorted((a, b) => a.number - b.number);
}

/**
 * The rows of a segment, slice by slice, so that neither memory nor the event loop feels its size. A slice is whole
 * lines and holds until the next one is asked for. A last line without an end was torn by a crash before its row was
 * acknowledged: it is left out and told.
 */
export async function* readSegment(file: string, onTornLine: () => void): AsyncGenerator<Buffer> {
  const handle = await open(file, 'r');
  try {
    let buffer = Buffer.allocUnsafe(SLICE_BYTES);
    let filled = 0;
    for (;;) {
      const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
      const end = buffer.subarray(0, filled).lastIndexOf(NEWLINE) + 1;
      if (end > 0) yield buffer.subarray(0, end);
      buffer.copyWithin(0, end, filled);
      filled -= end;
      if (filled === buffer.length) buffer = Buffer.concat([buffer], buffer.length * 2);
    }
    if (filled > 0) onTornLine();
  } finally {
    await handle.close();
  }
}

/** Each line of a slice as text. */
export function linesOf(slice: Buffer): string[] {
  return slice.toString('utf8', 0, slice.length - 1).split('\n');
}
