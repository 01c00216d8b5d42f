import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PlanRefusal, readGit } from './git.ts';
import type { ListedFile } from './list-files.ts';

const MAX_FILES = 40_000;
const MAX_TOTAL_BYTES = 134_217_728;

/**
 * Reads the content of files by their path, those of commits with one process of git. Throws `PlanRefusal` above
 * 40,000 files or 128 MiB.
 */
export function readFiles(root: string, files: readonly ListedFile[]): Map<string, Buffer> {
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  if (files.length > MAX_FILES || total > MAX_TOTAL_BYTES)
    throw new PlanRefusal(
      `the change reaches ${files.length} files of ${total} bytes, and ${MAX_FILES} files or ${MAX_TOTAL_BYTES} bytes are the most: split it`,
    );
  const blobs = readBlobs(root, [...new Set(files.flatMap(({ blob }) => blob ?? []))]);
  return new Map(
    files.map(({ path, blob }) => [
      path,
      blob === undefined ? readFileSync(join(root, path)) : (blobs.get(blob) ?? Buffer.alloc(0)),
    ]),
  );
}

/** `<id> blob <size>`, a line feed, the content and another line feed, for each. */
function readBlobs(root: string, ids: readonly string[]): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  if (ids.length === 0) return found;
  const answer = readGit(root, ['cat-file', '--batch'], `${ids.join('\n')}\n`);
  let offset = 0;
  while (offset < answer.length) {
    const lineEnd = answer.indexOf(10, offset);
    const [id = '', kind, size] = answer.toString('latin1', offset, lineEnd).split(' ');
    if (kind !== 'blob') throw new PlanRefusal(`git has no content ${id}: fetch the commit whole, without a filter`);
    const start = lineEnd + 1;
    const end = start + Number(size);
    found.set(id, answer.subarray(start, end));
    offset = end + 1;
  }
  return found;
}
