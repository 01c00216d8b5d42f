import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { forecastSpend } from '../../generators/plan/forecast-spend.ts';
import { readSpend } from '../../generators/plan/forecast-spend-query.ts';
import { createPostgresSpendStore } from '../../proxy/spend/postgres-spend-store.ts';
import type { SpendLog } from '../../proxy/spend/spend-log.ts';
import { exampleEnvironment, exampleModel, exampleTeam } from '../generators/example-environment.ts';
import { POSTGRES_PROGRAMS, startPostgres, type TestPostgres } from '../support/postgres.ts';
import { describeWithPrograms } from '../support/real-program.ts';
import { ROW_STARTED_AT_MS, spendRow } from '../support/spend-row.ts';

const DAY_MS = 86_400_000;
const NOW = new Date(ROW_STARTED_AT_MS + DAY_MS);
const DAYS_AGO_30 = new Date(ROW_STARTED_AT_MS - 30 * DAY_MS);
const ALL = { since: new Date(0), daysSince: new Date(0), until: NOW };
const USD = 1_000_000_000;

describeWithPrograms(POSTGRES_PROGRAMS, 'the last 30 days under a change', () => {
  let server: TestPostgres;

  beforeAll(async () => {
    server = await startPostgres();
    const store = createPostgresSpendStore({ url: server.url, connectionTimeoutMs: 5_000 });
    await store.migrate();
    const rows = [
      ...Array.from({ length: 20 }, (_, index) => paid(`a-${index}`)),
      paid('other-model', { model: 'old', key_alias: 'batch' }),
      paid('from-cache', { is_cache_hit: true, usage_source: 'cache', cost_nano_usd: 0 }),
      paid('of-unknown-price', { cost_nano_usd: undefined, prices: undefined }),
      paid('by-the-master-key', { key_alias: undefined, team_id: undefined }),
      paid('too-long-ago', { started_at_ms: ROW_STARTED_AT_MS - 40 * DAY_MS }),
    ];
    await store.insert(Buffer.from(`${rows.map((row) => JSON.stringify(row)).join('\n')}\n`));
    store.close();
  });
  afterAll(async () => {
    await server.remove();
  });

  it('is summed up in the database, by who asked for what', async () => {
    const spend = await readSpend(server.url, { since: DAYS_AGO_30, daysSince: DAYS_AGO_30, until: NOW });
    expect(
      spend.groups.map(({ team, key, model, requests, unpriced }) => [team, key, model, requests, unpriced]),
    ).toEqual([
      ['search', 'search-api', 'azure-gpt-4o', 22, 1],
      ['search', 'batch', 'old', 1, 0],
      [undefined, undefined, 'azure-gpt-4o', 1, 0],
    ]);
    expect(spend.groups[0]).toMatchObject({ tokens: { input: 21e6, cachedRead: 0, output: 0 }, costNanoUsd: 20 * USD });
    expect(spend.days.map(({ scope, id, costNanoUsd }) => [scope, id, costNanoUsd / USD])).toEqual([
      ['team', 'search', 21],
      ['key', 'search-api', 20],
      ['key', 'batch', 1],
    ]);
    expect(spend.isCut).toBe(false);
  });

  it('is told under the prices, the access and the budgets of the change', async () => {
    const model = { ...exampleModel, model_info: { input_cost_per_token: 0.000002, output_cost_per_token: 0.000004 } };
    const old = { ...model, model_name: 'old' };
    const keys = [...exampleTeam.virtual_keys, { ...exampleTeam.virtual_keys[0], key_alias: 'batch' }];
    const team = { ...exampleTeam, models: ['azure-gpt-4o', 'old'], max_budget: 10, virtual_keys: keys };
    const before = exampleEnvironment({ models: { model_list: [model, old] }, teams: [{ ...team, max_budget: 100 }] });
    const after = exampleEnvironment({ models: { model_list: [model] }, teams: [team] });
    const forecast = await forecastSpend(server.url, { before, after }, NOW);
    expect(forecast.lines).toEqual([
      'dev: 23 requests of the last 30 days cost $21.00 and would cost $44.00 under the prices of this change (1 request had no known price until now).',
      'Model azure-gpt-4o: $21.00 would be $44.00.',
      '1 request that cost $1.00 would be refused: there is no model old.',
      'Team search spent $21.00 in one window of its budget, more than the $10.00 that it gets: it would be refused.',
    ]);
    expect(forecast.refused).toEqual([
      {
        team: 'search',
        reason: expect.stringMatching(/^has spent \$\d\d\.00 since [-\d]+, and the budget is \$10\.00$/),
      },
    ]);
  });

  it('needs no more than the right to read', async () => {
    await ask(server.url, 'CREATE ROLE reader LOGIN; GRANT SELECT ON spend_logs, spend_hourly TO reader');
    const url = server.url.replace('postgres@', 'reader@');
    expect((await readSpend(url, ALL)).groups).not.toEqual([]);
  });

  it('says in one line without the address why there is none', async () => {
    await ask(server.url, 'CREATE DATABASE empty');
    const refused = (url: string) => readSpend(url, ALL).catch((error: Error) => error.message);
    await ask(
      server.url,
      'CREATE ROLE stranger LOGIN; CREATE ROLE by_password; CREATE ROLE locked LOGIN IN ROLE by_password',
    );
    const no = 'the database of spend-url cannot be read: ';
    const reasons: [string, string][] = [
      [
        server.url.replace(/postgres$/, 'empty'),
        "it has no table spend_logs: write the address of a gateway's database",
      ],
      [server.url.replace(/postgres$/, 'nowhere'), 'it has no database of this name'],
      [
        server.url.replace('postgres@', 'stranger@'),
        'this user may not read: grant SELECT on spend_logs and spend_hourly',
      ],
      [server.url.replace('postgres@', 'locked:hidden-word@'), 'it refuses the password'],
      ['postgres://me:hidden-word@127.0.0.1:1/books', 'nothing listens there'],
      [
        'postgres://me@books.invalid/books',
        'its name is not known here, as that of a private database outside of its network',
      ],
    ];
    for (const [url, reason] of reasons) expect(await refused(url)).toBe(no + reason);
    expect(await refused('postgres://%')).toMatch(/^spend-url is no address of a Postgres: /);
  });
});

/** A million tokens for a dollar. */
function paid(id: string, differences: { [Name in keyof SpendLog]?: SpendLog[Name] | undefined } = {}): SpendLog {
  const tokens = { input_tokens: 1e6, cached_read_tokens: 0, output_tokens: 0, reasoning_tokens: 0 };
  return spendRow(id, { ...tokens, cost_nano_usd: USD, ...differences });
}

async function ask(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
}
