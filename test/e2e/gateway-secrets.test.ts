import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { configFor, MASTER_KEY, TEST_KEY } from '../support/gateway.ts';
import { spawnGateway, startGatewayProcess, type GatewayProcess } from '../support/gateway-process.ts';
import { swapFiles } from '../../generators/local-cluster/swap-files.ts';
import { POSTGRES_PROGRAMS, startPostgres, type TestPostgres } from '../support/postgres.ts';
import { describeWithPrograms } from '../support/real-program.ts';
import { REDIS_PROGRAMS, startRedis, type TestRedis } from '../support/redis.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { answerJson, chatCompletion, startUpstream, type TestUpstream } from '../support/upstream.ts';

let upstream: TestUpstream;
let folder: string;
let secretsDir: string;
let gateway: GatewayProcess | undefined;

beforeEach(async () => {
  upstream = await startUpstream((_request, response) => answerJson(response, 200, chatCompletion()));
  folder = tempFolder();
  secretsDir = join(folder, 'secrets');
});
afterEach(async () => {
  await gateway?.end('SIGKILL');
  gateway = undefined;
  await upstream.close();
});

async function start(config: object, secrets: Readonly<Record<string, string>>): Promise<GatewayProcess> {
  swapFiles(secretsDir, secrets);
  gateway = await startGatewayProcess(folder, config, { TOLLGATE_SECRETS_DIR: secretsDir });
  return gateway;
}

async function ask(key = TEST_KEY, body: object = {}): Promise<Response> {
  return fetch(`${gateway?.address}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify({ model: 'chat', messages: [], max_tokens: 10, ...body }),
  });
}

/** The key with which the latest request reached the upstream. */
async function keyUpstream(): Promise<string | undefined> {
  await (await ask()).text();
  return upstream.received.at(-1)?.headers.authorization;
}

async function reloads(result: 'applied' | 'refused'): Promise<number> {
  const text = await (await fetch(`${gateway?.address}/metrics`)).text();
  return Number(new RegExp(`^tollgate_config_reloads_total\\{result="${result}"\\} (\\d+)`, 'm').exec(text)?.[1] ?? 0);
}

/** The usual configuration with every secret by name, but for the provider's key, which is found by its usual name. */
function configByName() {
  const { model_list: models, ...config } = configFor(upstream.origin, { model: { api_key: undefined } });
  return { ...config, model_list: models, general_settings: { master_key: 'os.environ/LITELLM_MASTER_KEY' } };
}

describe('the secrets folder of a gateway process', () => {
  it('is followed through several swaps without a restart, for upstream and master key', async () => {
    const g = await start(configByName(), { OPENAI_API_KEY: 'upstream-0\n', LITELLM_MASTER_KEY: MASTER_KEY });
    expect(await keyUpstream()).toBe('Bearer upstream-0');
    expect((await ask(MASTER_KEY)).status).toBe(200);

    for (let swap = 1; swap <= 3; swap += 1) {
      swapFiles(secretsDir, { OPENAI_API_KEY: `upstream-${swap}\n`, LITELLM_MASTER_KEY: `${MASTER_KEY}-${swap}` });
      await expect.poll(keyUpstream, { timeout: 4_000 }).toBe(`Bearer upstream-${swap}`);
    }

    expect((await ask(`${MASTER_KEY}-3`)).status).toBe(200);
    expect((await ask(MASTER_KEY)).status).toBe(401);
    expect(await reloads('applied')).toBe(3);
    expect(await g.end('SIGTERM')).toBe(0);
    expect(g.output()).toContain('"names":["LITELLM_MASTER_KEY","OPENAI_API_KEY"]');
    for (const secret of ['upstream-', MASTER_KEY]) expect(g.output()).not.toContain(secret);
  });

  it('keeps what it has when a secret goes away, says which, and goes on when it is back', async () => {
    const g = await start(configByName(), { OPENAI_API_KEY: 'upstream-0', LITELLM_MASTER_KEY: MASTER_KEY });

    swapFiles(secretsDir, { OPENAI_API_KEY: 'upstream-1' });
    await expect.poll(() => reloads('refused'), { timeout: 4_000 }).toBe(1);
    expect(await keyUpstream()).toBe('Bearer upstream-0');
    expect((await ask(MASTER_KEY)).status).toBe(200);
    await expect
      .poll(() => g.output())
      .toContain(`the variable LITELLM_MASTER_KEY is not set, and ${secretsDir} has no file LITELLM_MASTER_KEY`);

    swapFiles(secretsDir, { OPENAI_API_KEY: 'upstream-2', LITELLM_MASTER_KEY: MASTER_KEY });
    await expect.poll(keyUpstream, { timeout: 4_000 }).toBe('Bearer upstream-2');
  });

  it('refuses to start without a secret, with file, line, variable and folder', async () => {
    swapFiles(secretsDir, { OPENAI_API_KEY: 'upstream-0' });
    const starting = spawnGateway(folder, configByName(), { TOLLGATE_SECRETS_DIR: secretsDir });
    await expect(starting.listening()).rejects.toThrow(
      `general_settings.master_key: the variable LITELLM_MASTER_KEY is not set, and ${secretsDir} has no file LITELLM_MASTER_KEY`,
    );
    expect(starting.output().trim().split('\n')).toHaveLength(1);
  });

  it('lies beside a configuration that is swapped in the same way, which serves a new model', async () => {
    const configDir = join(folder, 'config');
    const config = configByName();
    swapFiles(configDir, { 'config.yaml': JSON.stringify(config) });
    swapFiles(secretsDir, { OPENAI_API_KEY: 'upstream-0', LITELLM_MASTER_KEY: MASTER_KEY });
    const variables = { TOLLGATE_SECRETS_DIR: secretsDir };
    gateway = await startGatewayProcess(folder, {}, variables, ['--config', join(configDir, 'config.yaml')]);

    for (const name of ['other', 'third']) {
      expect((await ask(MASTER_KEY, { model: name })).status).toBe(400);
      const models = config.model_list.map((model) => ({ ...model, model_name: name }));
      swapFiles(configDir, { 'config.yaml': JSON.stringify({ ...config, model_list: models }) });
      await expect.poll(async () => (await ask(MASTER_KEY, { model: name })).status, { timeout: 4_000 }).toBe(200);
    }
  });
});

describeWithPrograms(REDIS_PROGRAMS, 'a Redis whose password changes', () => {
  let redis: TestRedis;
  beforeEach(async () => {
    redis = await startRedis({ password: 'redis-first' });
  });
  afterEach(() => redis.remove());

  const cacheOf = async (content: string) =>
    (await ask(TEST_KEY, { messages: [{ role: 'user', content }] })).headers.get('x-tollgate-cache');

  /** Asks the same new thing twice until the second answer comes from Redis. */
  async function untilCached(what: string): Promise<void> {
    let round = 0;
    const askTwice = async () => {
      round += 1;
      await cacheOf(`${what} ${round}`);
      return cacheOf(`${what} ${round}`);
    };
    await expect.poll(askTwice, { timeout: 10_000 }).toBe('hit');
  }

  it('is used again as soon as the new password is in the folder, and no request fails in between', async () => {
    const cache_params = { type: 'redis', host: '127.0.0.1', port: redis.port, password: 'os.environ/REDIS_PASSWORD' };
    const config = { ...configFor(upstream.origin), litellm_settings: { cache: true, cache_params } };
    const g = await start(config, { REDIS_PASSWORD: 'redis-first' });
    await untilCached('before');

    const admin = new Redis(redis.url);
    await admin.config('SET', 'requirepass', 'redis-second');
    await admin.client('KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    admin.disconnect();
    for (let round = 0; round < 10; round += 1) expect((await ask()).status).toBe(200);
    await expect.poll(() => g.output(), { timeout: 5_000 }).toContain('WRONGPASS');
    swapFiles(secretsDir, { REDIS_PASSWORD: 'redis-second' });

    await untilCached('after');
    for (const secret of ['redis-first', 'redis-second']) expect(g.output()).not.toContain(secret);
  });
});

describeWithPrograms(POSTGRES_PROGRAMS, 'a Postgres whose password or address changes', () => {
  let postgres: TestPostgres;
  beforeEach(async () => {
    postgres = await startPostgres();
    await query(`CREATE ROLE by_password; CREATE ROLE gateway LOGIN SUPERUSER PASSWORD 'pg-first' IN ROLE by_password`);
  });
  afterEach(() => postgres.remove());

  async function query(sql: string, database = 'postgres'): Promise<Record<string, unknown>[]> {
    const client = new pg.Client({ connectionString: postgres.url.replace(/postgres$/, database) });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  const addressOf = (password: string, database = 'postgres') =>
    `postgres://gateway:${password}@127.0.0.1:${postgres.port}/${database}`;

  async function open(address = addressOf('pg-first')): Promise<GatewayProcess> {
    const config = configFor(upstream.origin);
    const general_settings = {
      ...config.general_settings,
      database_url: 'os.environ/DATABASE_URL',
      proxy_batch_write_at: 0.2,
    };
    return start({ ...config, general_settings }, { DATABASE_URL: address });
  }

  async function askTimes(times: number): Promise<void> {
    for (let round = 0; round < times; round += 1) expect((await ask()).status).toBe(200);
  }

  const rowsIn = async (database?: string) =>
    (await query('SELECT count(*)::int AS rows FROM spend_logs', database))[0]?.['rows'];

  it('gets every row after a change of password, also those that waited for it', async () => {
    const g = await open();
    await askTimes(20);
    await expect.poll(() => rowsIn(), { timeout: 5_000 }).toBe(20);

    await query(
      `ALTER ROLE gateway PASSWORD 'pg-second'; SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'gateway'`,
    );
    await askTimes(20);
    await expect.poll(() => g.output(), { timeout: 5_000 }).toContain('password authentication failed');
    swapFiles(secretsDir, { DATABASE_URL: addressOf('pg-second') });
    await askTimes(20);

    await expect.poll(() => rowsIn(), { timeout: 10_000 }).toBe(60);
    const health = (await (await fetch(`${g.address}/health/readiness`)).json()) as object;
    expect(health).toMatchObject({ status: 'healthy', db: 'connected' });
    for (const secret of ['pg-first', 'pg-second']) expect(g.output()).not.toContain(secret);
  });

  it('gets new rows in another database when the address leads there, with its tables made', async () => {
    const g = await open();
    await query('CREATE DATABASE elsewhere');
    await askTimes(10);
    await expect.poll(() => rowsIn(), { timeout: 5_000 }).toBe(10);

    swapFiles(secretsDir, { DATABASE_URL: addressOf('pg-first', 'elsewhere') });
    await expect.poll(() => g.output(), { timeout: 5_000 }).toContain('the address of the database changed');
    await askTimes(10);

    await expect.poll(() => rowsIn('elsewhere').catch(() => 0), { timeout: 5_000 }).toBe(10);
    expect(await rowsIn()).toBe(10);
    expect(g.output()).not.toContain('spend database unavailable');
  });

  it('gets rows that waited for a server which takes connections and never answers', async () => {
    const mute = createServer((socket) => socket.on('error', () => undefined)).listen(0, '127.0.0.1');
    onTestFinished(() => void mute.close());
    await once(mute, 'listening');
    await open(`postgres://gateway@127.0.0.1:${(mute.address() as AddressInfo).port}/gateway`);
    await askTimes(10);

    swapFiles(secretsDir, { DATABASE_URL: addressOf('pg-first') });

    await expect.poll(() => rowsIn().catch(() => 0), { timeout: 10_000 }).toBe(10);
  });

  it('keeps the address that it has when the new one is none', async () => {
    const g = await open();
    swapFiles(secretsDir, { DATABASE_URL: 'postgres://gateway:pg-secret@host:port/gateway' });
    await expect.poll(() => reloads('refused'), { timeout: 5_000 }).toBe(1);
    await askTimes(5);
    await expect.poll(() => rowsIn(), { timeout: 5_000 }).toBe(5);
    expect(g.output()).not.toContain('pg-secret');
  });
});
