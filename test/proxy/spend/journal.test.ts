import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openJournal, type Journal } from '../../../proxy/spend/journal.ts';
import { segmentAt } from '../../../proxy/spend/segments.ts';
import { recordLog } from '../../support/recorded-log.ts';
import { spendRow } from '../../support/spend-row.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { waitUntil } from '../../../generators/local-cluster/wait-until.ts';

const MEGABYTE = 1024 * 1024;

function open(folder: string, more: { onFull?: () => void; now?: () => number } = {}) {
  const counters = { journalFailures: 0 };
  const log = recordLog();
  return { counters, log, journal: openJournal({ folder, log, counters, ...more }) };
}

/** The ids in each segment of the folder, oldest segment first. */
function idsIn(folder: string): string[][] {
  return readdirSync(folder)
    .sort()
    .map((name) =>
      readFileSync(join(folder, name), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { request_id: string }).request_id),
    );
}

describe('openJournal', () => {
  it('has a row in its file when append resolves', async () => {
    const folder = tempFolder();
    await open(folder).journal.append(spendRow('a'));
    expect(idsIn(folder)).toEqual([['a']]);
  });

  it('writes the rows of one turn of the event loop together, and not before its end', async () => {
    const folder = tempFolder();
    const { journal } = open(folder);
    const first = journal.append(spendRow('a'));
    const second = journal.append(spendRow('b'));
    expect(second).toBe(first);
    expect(readdirSync(folder)).toEqual([]);
    await first;
    expect(idsIn(folder)).toEqual([['a', 'b']]);
    expect(journal.append(spendRow('c'))).not.toBe(first);
  });

  it('writes the rows of the turn when it is sealed, and begins a new file with the next row', async () => {
    const folder = tempFolder();
    const { journal } = open(folder);
    const appended = journal.append(spendRow('a'));
    const sealed = journal.seal();
    expect(idsIn(folder)).toEqual([['a']]);
    expect(journal.oldest()).toMatchObject({ number: sealed, isWhole: true });
    await Promise.all([appended, journal.append(spendRow('b'))]);
    expect(idsIn(folder)).toEqual([['a'], ['b']]);
  });

  it('makes no file when it is sealed with nothing in it', () => {
    const folder = tempFolder();
    const { journal } = open(folder);
    expect(journal.seal()).toBe(journal.seal());
    expect(readdirSync(folder)).toEqual([]);
    expect(journal.oldest()).toBeUndefined();
  });

  it('does not give the growing file away as whole', async () => {
    const { journal } = open(tempFolder());
    await journal.append(spendRow('a'));
    expect(journal.oldest()?.isWhole).toBe(false);
  });

  it('ends a file that has become large, and says so', async () => {
    const folder = tempFolder();
    let ended = 0;
    const { journal } = open(folder, { onFull: () => (ended += 1) });
    const upstreamModel = 'x'.repeat(MEGABYTE);
    for (let row = 0; row < 9; row += 1) await journal.append(spendRow(`${row}`, { upstream_model: upstreamModel }));
    expect(ended).toBe(1);
    expect(journal.oldest()?.isWhole).toBe(true);
    expect(idsIn(folder).map((ids) => ids.length)).toEqual([8, 1]);
  });

  it('keeps the files of an earlier process before its own, whatever the clock says', async () => {
    const folder = tempFolder();
    await open(folder, { now: () => 2_000 }).journal.append(spendRow('a'));
    const { journal } = open(folder, { now: () => 1_000 });
    expect(journal.oldest()).toMatchObject({ number: 2_000, isWhole: true });
    await journal.append(spendRow('b'));
    expect(idsIn(folder)).toEqual([['a'], ['b']]);
  });

  it('counts bytes until they are removed', async () => {
    const folder = tempFolder();
    const { journal } = open(folder);
    await journal.append(spendRow('a'));
    expect(journal.pendingBytes).toBe(JSON.stringify(spendRow('a')).length + 1);
    journal.seal();
    await removeOldest(journal);
    expect(journal.pendingBytes).toBe(0);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe.skipIf(!existsSync('/dev/full'))('a disk that takes nothing', () => {
  const FIRST = 1_000;

  /** A journal whose first file is the device that is always full. */
  function openOnFullDisk() {
    const folder = tempFolder();
    const { file } = segmentAt(folder, FIRST);
    const opened = open(folder, { now: () => FIRST });
    symlinkSync('/dev/full', file);
    return { folder, ...opened, makeSpace: () => rmSync(file) };
  }

  it('holds nobody up, and says that nothing new should begin', async () => {
    const { journal, counters, log } = openOnFullDisk();
    await journal.append(spendRow('a'));
    expect(journal.isWritable).toBe(false);
    expect(counters.journalFailures).toBe(1);
    expect(log.lines).toEqual(['error: spend journal cannot be written, new requests are refused']);
    await journal.append(spendRow('b'));
    expect(journal.pendingBytes).toBeGreaterThan(0);
    journal.close();
  });

  it('gets its rows by itself, in their order, when it has space again', async () => {
    const { folder, journal, log, makeSpace } = openOnFullDisk();
    await journal.append(spendRow('a'));
    const sealed = journal.seal();
    await journal.append(spendRow('b'));
    expect(journal.oldest()).toMatchObject({ number: sealed, isWhole: false });
    makeSpace();
    await waitUntil('the journal is written again', async () => journal.isWritable);
    expect(idsIn(folder)).toEqual([['a'], ['b']]);
    expect(journal.oldest()).toMatchObject({ number: sealed, isWhole: true });
    expect(log.lines.at(-1)).toBe('info: spend journal is written again');
  });

  it('leaves the rows to whoever can still carry them', async () => {
    const { journal } = openOnFullDisk();
    await journal.append(spendRow('a'));
    journal.close();
    expect(journal.unwrittenRows().toString()).toBe(`${JSON.stringify(spendRow('a'))}\n`);
  });
});

async function removeOldest(journal: Journal): Promise<void> {
  const oldest = journal.oldest();
  if (oldest !== undefined) await journal.remove(oldest);
}
