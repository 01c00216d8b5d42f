import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { configFor, TEST_KEY } from '../support/gateway.ts';
import { startGatewayProcess, type GatewayProcess } from '../support/gateway-process.ts';
import { POSTGRES_PROGRAMS, startPostgres, type TestPostgres } from '../support/postgres.ts';
import { describeWithPrograms } from '../support/real-program.ts';
import { tempFolder } from '../support/temp-folder.ts';
import {
  answerJson,
  asksForUsage,
  chatCompletion,
  chatFrames,
  startUpstream,
  type TestUpstream,
} from '../support/upstream.ts';

const CLIENTS = 16;

describeWithPrograms(POSTGRES_PROGRAMS, 'the books of a gateway process', () => {
  let postgres: TestPostgres;
  let upstream: TestUpstream;
  let folder: string;
  let gateway: GatewayProcess | undefined;

  beforeAll(async () => {
    postgres = await startPostgres();
    upstream = await startUpstream((request, response) => {
      if (!request.body.includes('"stream":true')) return answerJson(response, 200, chatCompletion());
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(chatFrames({ words: ['a', 'b'], hasUsage: asksForUsage(request) }).join(''));
    });
  });
  afterAll(async () => {
    await upstream.close();
    await postgres.remove();
  });
  beforeEach(async () => {
    await postgres.start();
    await query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
    folder = tempFolder();
  });
  afterEach(async () => {
    await gateway?.end('SIGKILL');
    gateway = undefined;
  });

  async function query(sql: string): Promise<Record<string, unknown>[]> {
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  async function start(more: Parameters<typeof configFor>[1] = {}, batchSeconds = 0.2): Promise<GatewayProcess> {
    const config = configFor(upstream.origin, more);
    const general_settings = {
      ...config.general_settings,
      database_url: postgres.url,
      proxy_batch_write_at: batchSeconds,
    };
    gateway = await startGatewayProcess(folder, { ...config, general_settings });
    return gateway;
  }

  /** Asks once; gives the id under which the answer must be in the books, or undefined where none came whole. */
  async function ask(address: string, isStream = false): Promise<string | undefined> {
    try {
      const response = await fetch(`${address}/v1/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${TEST_KEY}` },
        body: JSON.stringify({ model: 'chat', messages: [], max_tokens: 10, ...(isStream && { stream: true }) }),
      });
      const text = await response.text();
      const isWhole = isStream ? text.endsWith('data: [DONE]\n\n') : text.length > 0;
      return response.status === 200 && isWhole ? (response.headers.get('x-litellm-call-id') ?? undefined) : undefined;
    } catch {
      return undefined;
    }
  }

  /** Several clients at once until `isOver`; gives the ids of every answer that arrived whole. */
  async function load(
    address: string,
    isOver: (answered: number) => boolean,
  ): Promise<{ ids: string[]; failed: number }> {
    const ids: string[] = [];
    let failed = 0;
    await Promise.all(
      Array.from({ length: CLIENTS }, async (_, client) => {
        while (!isOver(ids.length) && failed < CLIENTS) {
          const id = await ask(address, client % 2 === 0);
          if (id === undefined) failed += 1;
          else ids.push(id);
        }
      }),
    );
    return { ids, failed };
  }

  async function missing(ids: readonly string[]): Promise<string[]> {
    const stored = new Set((await query('SELECT request_id FROM spend_logs')).map((row) => row['request_id']));
    return ids.filter((id) => !stored.has(id));
  }

  it('hold one row per request with tokens by kind, cost and price', async () => {
    const g = await start();
    const id = await ask(g.address);

    await expect.poll(() => query('SELECT * FROM spend_logs'), { timeout: 5_000 }).toHaveLength(1);

    const [row] = await query('SELECT *, cost_nano_usd::int AS cost FROM spend_logs');
    expect(row).toMatchObject({
      request_id: id,
      endpoint: 'chat_completions',
      status: 'success',
      http_status: 200,
      key_alias: 'mine',
      team_id: 'demo',
      model: 'chat',
      deployment_id: 'chat-1',
      provider: 'openai',
      upstream_model: 'gpt-4o',
      usage_source: 'upstream',
      is_cache_hit: false,
      cost: 400_000,
      prices: expect.objectContaining({ source: 'genai-prices 0.1.8', input: 2_500_000 }) as object,
    });
    const counts = ['input_tokens', 'cached_read_tokens', 'output_tokens', 'reasoning_tokens'].map((name) =>
      Number(row?.[name]),
    );
    expect(counts).toEqual([60, 40, 15, 5]);
  });

  it('lose no row of an answered request when the process is killed under load', async () => {
    const g = await start();
    const killAt = 400;
    const { ids } = await load(g.address, (answered) => {
      if (answered >= killAt) void g.end('SIGKILL');
      return answered >= killAt + 50;
    });
    await g.end('SIGKILL');

    await start();

    expect(ids.length).toBeGreaterThanOrEqual(killAt);
    await expect.poll(() => missing(ids), { timeout: 10_000 }).toEqual([]);
  });

  it('lose nothing and fail nothing while Postgres is away', async () => {
    const g = await start();
    const before = await load(g.address, (answered) => answered >= 100);
    await postgres.stop();
    const during = await load(g.address, (answered) => answered >= 300);
    const readiness = await fetch(`${g.address}/health/readiness`);
    const health = (await readiness.json()) as { status: string };
    await postgres.start();
    const after = await load(g.address, (answered) => answered >= 100);

    expect([before.failed, during.failed, after.failed]).toEqual([0, 0, 0]);
    expect([readiness.status, health.status]).toEqual([200, 'degraded']);
    const ids = [...before.ids, ...during.ids, ...after.ids];
    await expect.poll(() => missing(ids), { timeout: 20_000 }).toEqual([]);
    expect(await query('SELECT count(*)::int AS n FROM spend_logs')).toEqual([{ n: ids.length }]);
  });

  it('are written out on SIGTERM, which ends with exit code 0', async () => {
    const g = await start({}, 3_600);
    const { ids } = await load(g.address, (answered) => answered >= 50);
    expect(await g.end('SIGTERM')).toBe(0);
    expect(await missing(ids)).toEqual([]);
  });

  it('keep a spent budget spent over a kill, with Postgres and without', async () => {
    const key = { max_budget: 0.0012, budget_duration: '1d' };
    const first = await start({ key }, 3_600);
    for (let request = 0; request < 2; request += 1) await ask(first.address);
    await first.end('SIGKILL');

    await postgres.stop();
    const alone = await start({ key }, 3_600);
    await expect.poll(() => alone.output()).toContain('spend database unavailable');
    expect(await ask(alone.address)).toBeDefined();
    expect(await ask(alone.address)).toBeUndefined();
    await alone.end('SIGKILL');

    await postgres.start();
    const again = await start({ key });
    expect(await ask(again.address)).toBeUndefined();
  });
});
