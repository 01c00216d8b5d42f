import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { migrate, MigrationError, type Migration } from '../../proxy/spend/migrate.ts';
import { createPostgresConnection } from '../../proxy/spend/postgres-connection.ts';
import { createPostgresSpendStore } from '../../proxy/spend/postgres-spend-store.ts';
import type { SpendLog } from '../../proxy/spend/spend-log.ts';
import { RefusedRowsError, type SpendStore } from '../../proxy/spend/spend-store.ts';
import { POSTGRES_PROGRAMS, startPostgres, type TestPostgres } from '../support/postgres.ts';
import { describeWithPrograms } from '../support/real-program.ts';
import { ROW_STARTED_AT_MS, spendRow } from '../support/spend-row.ts';

const HOUR_MS = 3_600_000;
const FULL_HOUR_MS = ROW_STARTED_AT_MS - (ROW_STARTED_AT_MS % HOUR_MS);

describeWithPrograms(POSTGRES_PROGRAMS, 'spend in Postgres', () => {
  let server: TestPostgres;
  let url: string;
  let stores: SpendStore[] = [];
  let databases = 0;

  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(async () => {
    await server.remove();
  });
  beforeEach(async () => {
    databases += 1;
    await ask(`CREATE DATABASE books_${databases}`, server.url);
    url = server.url.replace(/postgres$/, `books_${databases}`);
  });
  afterEach(() => {
    for (const store of stores.splice(0)) store.close();
  });

  function openStore(address = url): SpendStore {
    const store = createPostgresSpendStore({ url: address, connectionTimeoutMs: 5_000 });
    stores.push(store);
    return store;
  }

  async function openMigratedStore(): Promise<SpendStore> {
    const store = openStore();
    await store.migrate();
    return store;
  }

  async function ask(sql: string, address = url): Promise<unknown[]> {
    const client = new pg.Client({ connectionString: address });
    await client.connect();
    const { rows } = await client.query<Record<string, unknown>>(sql);
    await client.end();
    return rows;
  }

  async function migrateWith(migrations: readonly Migration[]): Promise<void> {
    const connection = createPostgresConnection({ url, connectionTimeoutMs: 5_000 });
    try {
      await migrate(connection, migrations);
    } finally {
      connection.close();
    }
  }

  it('makes the tables once when several gateways start together', async () => {
    stores = Array.from({ length: 4 }, () => openStore());
    await Promise.all(stores.map((store) => store.migrate()));
    await openMigratedStore();
    expect(await ask('SELECT version, name FROM tollgate_migrations ORDER BY version')).toEqual([
      { version: 1, name: 'spend_logs' },
      { version: 2, name: 'spend_hourly' },
    ]);
  });

  it('needs no right to create once the tables are there', async () => {
    await openMigratedStore();
    await ask('CREATE ROLE writer LOGIN');
    await ask('REVOKE ALL ON SCHEMA public FROM PUBLIC; GRANT USAGE ON SCHEMA public TO writer');
    await ask('GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO writer');
    const store = openStore(url.replace('postgres@', 'writer@'));
    await store.migrate();
    expect(await store.insert(bytesOf([spendRow('a')]))).toBe(1);
  });

  it('refuses a migration that was edited after it ran', async () => {
    const sound = { version: 1, name: 'first', sql: 'CREATE TABLE one (id integer)', sha256: 'a' };
    await migrateWith([sound]);
    await expect(migrateWith([{ ...sound, sha256: 'b' }])).rejects.toThrow(
      new MigrationError('migration 1 (first) was edited after it ran on this database: restore it, and add a new one'),
    );
  });

  it('leaves nothing of a migration that fails, and says which it is', async () => {
    const sql = 'CREATE TABLE two (id integer); CREATE TABLE two (id integer)';
    const broken = migrateWith([{ version: 1, name: 'second', sql, sha256: 'a' }]);
    await expect(broken).rejects.toThrow(
      new MigrationError('migration 1 (second) is refused by the database: relation "two" already exists'),
    );
    expect(await ask(`SELECT to_regclass('two') AS two, to_regclass('tollgate_migrations') AS ours`)).toEqual([
      { two: null, ours: null },
    ]);
  });

  it('works on the tables of a newer gateway', async () => {
    await openMigratedStore();
    await ask(`INSERT INTO tollgate_migrations (version, name, sha256) VALUES (9999, 'of_the_future', 'a')`);
    await expect(openStore().migrate()).resolves.toBeUndefined();
  });

  it('keeps every member of a row', async () => {
    const store = await openMigratedStore();
    await store.insert(bytesOf([spendRow('a', { error_code: 'timeout' })]));
    const [row] = await ask(`
      SELECT (extract(epoch FROM started_at) * 1000)::float AS started_at_ms,
        (extract(epoch FROM first_byte_at) * 1000)::float AS first_byte_at_ms,
        (extract(epoch FROM ended_at) * 1000)::float AS ended_at_ms, input_tokens::integer,
        cached_read_tokens::integer, cache_write_tokens::integer, audio_input_tokens::integer,
        output_tokens::integer, reasoning_tokens::integer, audio_output_tokens::integer, cost_nano_usd::integer,
        request_id, endpoint, status, http_status, error_code, key_alias, key_hash, team_id, model, deployment_id,
        provider, upstream_model, attempts, is_stream, is_cache_hit, usage_source, prices
      FROM spend_logs`);
    expect(row).toEqual(spendRow('a', { error_code: 'timeout' }));
  });

  it('keeps what is unknown as NULL', async () => {
    const store = await openMigratedStore();
    const unknown = { key_alias: undefined, team_id: undefined, cost_nano_usd: undefined, prices: undefined };
    await store.insert(bytesOf([spendRow('a', { ...unknown, first_byte_at_ms: undefined })]));
    expect(
      await ask('SELECT key_alias, team_id, cost_nano_usd, prices, first_byte_at, error_code FROM spend_logs'),
    ).toEqual([
      { key_alias: null, team_id: null, cost_nano_usd: null, prices: null, first_byte_at: null, error_code: null },
    ]);
    expect(await ask('SELECT * FROM spend_hourly')).toEqual([]);
  });

  it('stores a row that arrives twice once, and rolls it up once', async () => {
    const store = await openMigratedStore();
    expect(await store.insert(bytesOf([spendRow('a'), spendRow('b')]))).toBe(2);
    expect(await store.insert(bytesOf([spendRow('b'), spendRow('c'), spendRow('c')]))).toBe(1);
    expect(await ask('SELECT request_id FROM spend_logs ORDER BY request_id')).toEqual(
      ['a', 'b', 'c'].map((request_id) => ({ request_id })),
    );
    expect(await ask('SELECT scope, scope_id, hour, requests, cost_nano_usd FROM spend_hourly ORDER BY scope')).toEqual(
      ['key', 'team'].map((scope) => ({
        scope,
        scope_id: scope === 'key' ? 'search-api' : 'search',
        hour: new Date(FULL_HOUR_MS),
        requests: '3',
        cost_nano_usd: '3000',
      })),
    );
  });

  it('rolls up what several gateways store at the same time, to the nano-USD', async () => {
    const writers = [await openMigratedStore(), openStore(), openStore()];
    await Promise.all(writers.map(storeManyBatches));
    const summed = await ask(`
      SELECT scope, scope_id, date_trunc('hour', started_at, 'UTC') AS hour, count(*) AS requests,
        (count(*) FILTER (WHERE cost_nano_usd IS NULL)) AS unpriced_requests,
        sum(input_tokens + cached_read_tokens + cache_write_tokens + audio_input_tokens)::bigint AS input_tokens,
        sum(output_tokens + reasoning_tokens + audio_output_tokens)::bigint AS output_tokens,
        coalesce(sum(cost_nano_usd), 0)::bigint AS cost_nano_usd
      FROM spend_logs, LATERAL (VALUES ('key', key_alias), ('team', team_id)) AS payer (scope, scope_id)
      GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`);
    expect(summed.length).toBeGreaterThan(10);
    expect(await ask('SELECT * FROM spend_hourly ORDER BY scope, scope_id, hour')).toEqual(summed);
  });

  it('takes the other rows when one is refused by none of its own fault', async () => {
    const store = await openMigratedStore();
    const refused = store.insert(bytesOf([spendRow('a'), spendRow('b', { attempts: 'many' as unknown as number })]));
    await expect(refused).rejects.toBeInstanceOf(RefusedRowsError);
    expect(await ask('SELECT request_id FROM spend_logs')).toEqual([]);
    expect(await store.insert(bytesOf([spendRow('a')]))).toBe(1);
  });

  it.each([
    ['text that is no JSON', '{"request_id": '],
    ['a value that is no row', '1'],
    ['brackets that would close the list', '1],[2'],
    ['a character that Postgres cannot keep', JSON.stringify(spendRow('a', { model: '\0' }))],
    ['half a character', JSON.stringify(spendRow('a', { model: '\ud800' }))],
    ['an id that is too long for an index', JSON.stringify(spendRow(randomText(20_000)))],
  ])('tells %s from an outage', async (_, line) => {
    const store = await openMigratedStore();
    await expect(store.insert(Buffer.from(`${line}\n`))).rejects.toBeInstanceOf(RefusedRowsError);
    await store.ping();
  });

  it('takes bytes that are no UTF-8 for a bad row', async () => {
    const store = await openMigratedStore();
    await expect(store.insert(Buffer.from([0x22, 0xff, 0x22, 0x0a]))).rejects.toBeInstanceOf(RefusedRowsError);
  });

  it('sums windows of full hours and others, each for its own key or team', async () => {
    const store = await openMigratedStore();
    await store.insert(
      bytesOf([
        spendRow('1', { started_at_ms: FULL_HOUR_MS - 1, cost_nano_usd: 1 }),
        spendRow('2', { started_at_ms: FULL_HOUR_MS, cost_nano_usd: 20 }),
        spendRow('3', { started_at_ms: FULL_HOUR_MS + 60_000, cost_nano_usd: 300, key_alias: 'another' }),
        spendRow('4', { started_at_ms: FULL_HOUR_MS + HOUR_MS, cost_nano_usd: 4_000 }),
      ]),
    );
    const key = { scope: 'key', id: 'search-api' } as const;
    const team = { scope: 'team', id: 'search' } as const;
    const windows = [
      { ...key, sinceMs: 0 },
      { ...key, sinceMs: FULL_HOUR_MS },
      { ...key, sinceMs: FULL_HOUR_MS + 1 },
      { ...team, sinceMs: FULL_HOUR_MS },
      { ...team, sinceMs: FULL_HOUR_MS + 60_000 },
      { ...team, sinceMs: FULL_HOUR_MS + 60_001 },
      { scope: 'team', id: 'search-api', sinceMs: 0 } as const,
      { scope: 'key', id: 'nobody', sinceMs: 1 } as const,
    ];
    const sums = [4_021, 4_020, 4_000, 4_320, 4_300, 4_000, 0, 0];
    expect(await store.totals(windows)).toEqual(
      windows.map((window, place) => ({ ...window, costNanoUsd: sums[place] })),
    );
  });

  it('connects again after the server was away', async () => {
    const store = await openMigratedStore();
    await server.stop();
    await expect(store.ping()).rejects.toThrow(/ECONNREFUSED|terminat/);
    await server.start();
    await expect(store.ping()).resolves.toBeUndefined();
  });
});

const BATCHES = 6;
const ROWS_OF_A_BATCH = 150;

/** Rows of many keys, teams and hours, in an order that differs from one writer to the next. */
async function storeManyBatches(store: SpendStore, writer: number): Promise<void> {
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const rows = Array.from({ length: ROWS_OF_A_BATCH }, (_, index) => {
      const turn = (index * (writer + 3)) % ROWS_OF_A_BATCH;
      return spendRow(`${writer}-${batch}-${index}`, {
        started_at_ms: FULL_HOUR_MS + (turn % 4) * HOUR_MS + turn,
        key_alias: `key-${turn % 7}`,
        team_id: `team-${turn % 3}`,
        input_tokens: turn,
        cost_nano_usd: turn % 5 === 0 ? undefined : turn,
      });
    });
    await store.insert(bytesOf(rows));
  }
}

function bytesOf(rows: readonly SpendLog[]): Buffer {
  return Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}

/** Text that does not become short when it is compressed. */
function randomText(length: number): string {
  let state = 1;
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return String.fromCharCode(0x4e00 + (state % 20_000));
  }).join('');
}
