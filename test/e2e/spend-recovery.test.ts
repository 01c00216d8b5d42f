import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { BudgetTotal, BudgetTotals, BudgetWindow } from '../../proxy/spend/budget-totals.ts';
import { createPostgresSpendStore } from '../../proxy/spend/postgres-spend-store.ts';
import { listSegments, segmentAt } from '../../proxy/spend/segments.ts';
import { startSpend, type Spend } from '../../proxy/spend/start-spend.ts';
import { POSTGRES_PROGRAMS, startPostgres, type TestPostgres } from '../support/postgres.ts';
import { describeWithPrograms, missingPrograms } from '../support/real-program.ts';
import { recordLog, type RecordedLog } from '../support/recorded-log.ts';
import { spendRow } from '../support/spend-row.ts';
import { makeTempFolder, removeFolder } from '../support/temp-folder.ts';
import { waitUntil } from '../../generators/local-cluster/wait-until.ts';

const KEY: BudgetWindow = { scope: 'key', id: 'search-api', sinceMs: 0 };
const COST_NANO_USD = 1_000;
/** Changes what a running process may do. */
const PRLIMIT = 'prlimit';

/** Budgets that only remember what they are told. */
interface RecordedBudgets extends BudgetTotals {
  windows: BudgetWindow[];
  recoveredNanoUsd: number;
  readonly told: BudgetTotal[];
}

describeWithPrograms(POSTGRES_PROGRAMS, 'spend through crashes and outages', () => {
  let server: TestPostgres;
  let url: string;
  let dataDir: string;
  let log: RecordedLog;
  let budgets: RecordedBudgets;
  let opened: Spend[] = [];
  let databases = 0;

  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.remove());
  beforeEach(async () => {
    await server.start();
    databases += 1;
    await ask(`CREATE DATABASE books_${databases}`, server.url);
    url = server.url.replace(/postgres$/, `books_${databases}`);
    dataDir = makeTempFolder();
    log = recordLog();
    budgets = recordBudgets();
  });
  afterEach(async () => {
    for (const spend of opened.splice(0)) await spend.drain(0);
    removeFolder(dataDir);
  });

  async function open(intervalMs = 20, startWithinMs = 5_000, now = Date.now): Promise<Spend> {
    const database = { url, connectionTimeoutMs: 2_000 };
    const spend = await startSpend({ dataDir, database, intervalMs, budgets, log, startWithinMs, now });
    opened.push(spend);
    return spend;
  }

  async function ask<Row extends pg.QueryResultRow>(sql: string, address = url): Promise<Row[]> {
    const client = new pg.Client({ connectionString: address });
    await client.connect();
    const { rows } = await client.query<Row>(sql);
    await client.end();
    return rows;
  }

  async function storedIds(): Promise<string[]> {
    const rows = await ask<{ request_id: string }>('SELECT request_id FROM spend_logs ORDER BY request_id');
    return rows.map(({ request_id }) => request_id);
  }

  async function rolledUpRequests(): Promise<number> {
    const [sum] = await ask<{ requests: number }>(
      `SELECT coalesce(sum(requests), 0)::integer AS requests FROM spend_hourly WHERE scope = 'key'`,
    );
    return sum?.requests ?? 0;
  }

  it('lands 5,000 rows of an outage once, and holds no request up meanwhile', async () => {
    const spend = await open();
    await spend.append(spendRow('before'));
    await waitUntil('the first row has landed', async () => spend.pendingBytes === 0);

    await server.stop();
    const ids = await appendMany(spend, 5_000);
    await waitUntil('the outage is noticed', async () => spend.database === 'unavailable');
    expect(spend.isWritable).toBe(true);
    expect(listSegments(join(dataDir, 'journal')).length).toBeLessThan(5);

    await server.start();
    await waitUntil('all rows have landed', async () => spend.pendingBytes === 0);
    expect(await storedIds()).toEqual(['before', ...ids].toSorted());
    expect(await rolledUpRequests()).toBe(5_001);
    expect(spend).toMatchObject({ database: 'connected', counters: { rowsWritten: 5_001, rowsRefused: 0 } });
    expect(log.lines.filter((line) => line.startsWith('warn'))).toEqual([
      'warn: spend database unavailable, rows wait in the journal',
    ]);
  });

  it('starts while Postgres is away, counts what the journal holds, and then what Postgres says', async () => {
    const first = await open();
    await first.append(spendRow('landed'));
    await waitUntil('the row has landed', async () => first.pendingBytes === 0);
    await server.stop();
    await appendMany(first, 3);
    await first.drain(0);

    budgets = recordBudgets([KEY]);
    const second = await open(20, 100);
    expect(second.database).toBe('unavailable');
    expect(budgets).toMatchObject({ recoveredNanoUsd: 3 * COST_NANO_USD, told: [] });
    await second.append(spendRow('later'));
    await server.start();
    await waitUntil('everything has landed', async () => second.pendingBytes === 0);
    expect(budgets.told).toEqual([{ ...KEY, costNanoUsd: 4 * COST_NANO_USD }]);
    expect(await storedIds()).toEqual(['landed', 'later', 'row-0', 'row-1', 'row-2']);
  });

  it('counts once what was stored but not yet taken off the journal when the process died', async () => {
    await (await open()).drain(1_000);
    const rows = Buffer.from(`${JSON.stringify(spendRow('a'))}\n${JSON.stringify(spendRow('b'))}\n`);
    const store = createPostgresSpendStore({ url, connectionTimeoutMs: 2_000 });
    await store.insert(rows);
    store.close();
    writeFileSync(segmentAt(join(dataDir, 'journal'), 1).file, rows);

    budgets = recordBudgets([KEY]);
    await open();
    expect(budgets).toMatchObject({ told: [{ ...KEY, costNanoUsd: 2 * COST_NANO_USD }] });
    expect(await rolledUpRequests()).toBe(2);
    expect(listSegments(join(dataDir, 'journal'))).toEqual([]);
  });

  it('puts rows before a checkpoint into its totals, and rows after it into none', async () => {
    const spend = await open(60_000);
    budgets.windows = [KEY];
    await spend.append(spendRow('before'));
    const inTheSameTurn = spend.append(spendRow('just before'));
    const checkpoint = spend.checkpoint();
    await Promise.all([inTheSameTurn, spend.append(spendRow('just after'))]);
    await checkpoint;
    expect(budgets.told).toEqual([{ ...KEY, costNanoUsd: 2 * COST_NANO_USD }]);
    await spend.drain(5_000);
    expect(await storedIds()).toEqual(['before', 'just after', 'just before']);
  });

  it('answers several checkpoints each with its own moment', async () => {
    const spend = await open(60_000);
    const checkpoints = ['a', 'b', 'c'].map((id) => {
      void spend.append(spendRow(id));
      budgets.windows = [{ ...KEY, sinceMs: id.codePointAt(0) ?? 0 }];
      return spend.checkpoint();
    });
    await Promise.all(checkpoints);
    expect(budgets.told.map(({ costNanoUsd }) => costNanoUsd)).toEqual([1, 2, 3].map((rows) => rows * COST_NANO_USD));
  });

  it('sets a row aside that Postgres refuses, and lands all others', async () => {
    const spend = await open(60_000);
    const ids = Array.from({ length: 100 }, (_, index) => `row-${index}`);
    const bad = new Set(['row-0', 'row-41', 'row-42', 'row-99']);
    await Promise.all(ids.map((id) => spend.append(spendRow(id, bad.has(id) ? { model: 'a\0b' } : {}))));
    await spend.drain(5_000);
    expect(await storedIds()).toEqual(ids.filter((id) => !bad.has(id)).toSorted());
    expect(spend).toMatchObject({ pendingBytes: 0, counters: { rowsWritten: 96, rowsRefused: 4 } });
    const refused = readFileSync(join(dataDir, 'journal', 'refused.ndjson'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(refused.map((line) => (JSON.parse(line) as { request_id: string }).request_id)).toEqual([...bad]);
  });

  it('drops a row that a crash tore, with a warning', async () => {
    await (await open()).drain(0);
    const whole = JSON.stringify(spendRow('whole'));
    writeFileSync(segmentAt(join(dataDir, 'journal'), 1).file, `${whole}\n${whole.slice(0, 50)}`);
    const spend = await open();
    expect(await storedIds()).toEqual(['whole']);
    expect(spend.pendingBytes).toBe(0);
    expect(log.lines).toContain('warn: spend row torn by a crash is dropped, its answer never left');
  });

  it('lands at the end what the interval has not', async () => {
    const spend = await open(3_600_000);
    const ids = await appendMany(spend, 2_000);
    await spend.drain(10_000);
    expect(await storedIds()).toEqual(ids.toSorted());
    expect(spend.pendingBytes).toBe(0);
  });

  it('waits at the end for a Postgres that comes back in time', async () => {
    const spend = await open(3_600_000);
    await spend.append(spendRow('a'));
    await server.stop();
    const drained = spend.drain(30_000);
    await server.start();
    await drained;
    expect(await storedIds()).toEqual(['a']);
  });

  it('loses no acknowledged row to kill -9, and stores none twice', async () => {
    const acknowledged: string[] = [];
    for (const [round, rows] of [1, 400, 2_000].entries())
      acknowledged.push(...(await appendUntilKilled({ round, rows })));
    await open();
    const stored = await storedIds();
    const known = new Set(stored);
    expect(acknowledged.filter((id) => !known.has(id))).toEqual([]);
    expect(await rolledUpRequests()).toBe(stored.length);
  });

  it.skipIf(missingPrograms([PRLIMIT]).length > 0)(
    'loses no row and tears none when a write is cut short',
    async () => {
      // A file may have so many KiB: the last write ends in the middle of a row. Then the limit goes.
      const shell = 'ulimit -S -f 50; exec "$0" "$@"';
      const acknowledged = await appendUntilKilled({ round: 0, rows: 1_000, intervalMs: 3_600_000, shell });
      await open();
      const known = new Set(await storedIds());
      expect(acknowledged.filter((id) => !known.has(id))).toEqual([]);
      expect(log.lines.filter((line) => line.startsWith('error'))).toEqual([]);
    },
  );

  it('carries rows that a full disk refused straight to Postgres at the end', async () => {
    const journal = join(dataDir, 'journal');
    const spend = await open(3_600_000, 5_000, () => 1_000);
    symlinkSync('/dev/full', segmentAt(journal, 1_000).file);
    await spend.append(spendRow('a'));
    expect(spend.isWritable).toBe(false);
    await spend.drain(5_000);
    expect(await storedIds()).toEqual(['a']);
  });

  it('does not start where a foreign table is in the way, and leaves the folder to the next try', async () => {
    await ask('CREATE TABLE spend_logs (id integer)');
    const refusal = 'migration 1 (spend_logs) is refused by the database: relation "spend_logs" already exists';
    await expect(open()).rejects.toThrow(refusal);
    await ask('DROP TABLE spend_logs');
    expect((await open()).database).toBe('connected');
  });

  /** Runs a process that appends rows, kills it after so many acknowledged ones, and gives their ids. */
  async function appendUntilKilled(run: {
    round: number;
    rows: number;
    intervalMs?: number;
    shell?: string;
  }): Promise<string[]> {
    const { round, rows, intervalMs = 5, shell = 'exec "$0" "$@"' } = run;
    const script = join(import.meta.dirname, 'append-rows.ts');
    const args = ['-c', shell, process.execPath, script, dataDir, url, `round-${round}`, String(intervalMs)];
    const child = spawn('bash', args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'exit');
    const ids: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      if (line === 'unwritable') execFileSync(PRLIMIT, [`--pid=${child.pid}`, '--fsize=unlimited:unlimited']);
      else ids.push(line);
      if (ids.length === rows) child.kill('SIGKILL');
    }
    expect(await ended).toEqual([null, 'SIGKILL']);
    return ids;
  }
});

async function appendMany(spend: Spend, rows: number): Promise<string[]> {
  const ids = Array.from({ length: rows }, (_, index) => `row-${index}`);
  for (let start = 0; start < rows; start += 50)
    await Promise.all(ids.slice(start, start + 50).map((id) => spend.append(spendRow(id))));
  return ids;
}

function recordBudgets(windows: BudgetWindow[] = []): RecordedBudgets {
  return {
    windows,
    recoveredNanoUsd: 0,
    told: [],
    openWindows() {
      return this.windows;
    },
    addRecovered(row) {
      this.recoveredNanoUsd += row.cost_nano_usd ?? 0;
    },
    replaceRecovered(totals) {
      this.told.push(...totals);
    },
  };
}
