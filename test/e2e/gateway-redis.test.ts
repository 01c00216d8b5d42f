import { afterEach, expect, it } from 'vitest';
import { configFor, TEST_KEY } from '../support/gateway.ts';
import { startGatewayProcess, type GatewayProcess } from '../support/gateway-process.ts';
import { describeWithPrograms } from '../support/real-program.ts';
import { REDIS_PROGRAMS, startRedis, type TestRedis } from '../support/redis.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { answerJson, chatCompletion, startUpstream, type TestUpstream } from '../support/upstream.ts';

const PASSWORD = 'redis-secret-for-this-test';

describeWithPrograms(REDIS_PROGRAMS, 'a Redis that gateways share', () => {
  let redis: TestRedis | undefined;
  let upstream: TestUpstream | undefined;
  const gateways: GatewayProcess[] = [];

  afterEach(async () => {
    await Promise.all(gateways.splice(0).map((gateway) => gateway.end('SIGKILL')));
    await upstream?.close();
    await redis?.remove();
  });

  async function open(count: number): Promise<{ redis: TestRedis; upstream: TestUpstream }> {
    redis = await startRedis({ tls: true, password: PASSWORD });
    upstream = await startUpstream((_request, response) => answerJson(response, 200, chatCompletion()));
    const config = {
      ...configFor(upstream.origin),
      litellm_settings: {
        cache: true,
        cache_params: {
          type: 'redis',
          host: 'os.environ/REDIS_HOST',
          port: 'os.environ/REDIS_PORT',
          password: 'os.environ/REDIS_PASSWORD',
          ssl: true,
        },
      },
    };
    const variables = {
      REDIS_HOST: 'localhost',
      REDIS_PORT: String(redis.port),
      REDIS_PASSWORD: PASSWORD,
      NODE_EXTRA_CA_CERTS: redis.caFile ?? '',
    };
    for (let index = 0; index < count; index += 1)
      gateways.push(await startGatewayProcess(tempFolder(), config, variables));
    return { redis, upstream };
  }

  async function ask(gateway: GatewayProcess | undefined, content: string): Promise<Response> {
    return fetch(`${gateway?.address}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TEST_KEY}` },
      body: JSON.stringify({ model: 'chat', messages: [{ role: 'user', content }] }),
    });
  }

  const cacheOf = async (gateway: GatewayProcess | undefined, content: string) =>
    (await ask(gateway, content)).headers.get('x-tollgate-cache');

  /** Asks new things until Redis is connected and an answer comes back from it. */
  async function untilCached(gateway: GatewayProcess | undefined): Promise<void> {
    let round = 0;
    await expect
      .poll(
        async () => {
          round += 1;
          await (await ask(gateway, `warm ${round}`)).text();
          return cacheOf(gateway, `warm ${round}`);
        },
        { timeout: 20_000 },
      )
      .toBe('hit');
  }

  it('answers from one process what another one asked, over TLS with a password', async () => {
    const { upstream: u } = await open(2);
    for (const gateway of gateways) await untilCached(gateway);
    const asked = u.received.length;

    const first = await ask(gateways[0], 'shared');
    const body = await first.text();
    await expect.poll(() => cacheOf(gateways[0], 'shared')).toBe('hit');
    const second = await ask(gateways[1], 'shared');

    expect(first.headers.get('x-tollgate-cache')).toBe('miss');
    expect(second.headers.get('x-tollgate-cache')).toBe('hit');
    expect(await second.text()).toBe(body);
    expect(u.received.length).toBe(asked + 1);
  });

  it('does not show its password or an answer in the log when it refuses a command', async () => {
    const { redis: r } = await open(0);
    const config = {
      ...configFor(upstream?.origin ?? ''),
      litellm_settings: {
        cache: true,
        cache_params: { type: 'redis', host: 'localhost', port: r.port, password: 'wrong-password', ssl: true },
      },
    };
    const gateway = await startGatewayProcess(tempFolder(), config, { NODE_EXTRA_CA_CERTS: r.caFile ?? '' });
    gateways.push(gateway);

    await expect.poll(() => gateway.output(), { timeout: 10_000 }).toContain('redis connection failed');

    expect(gateway.output()).not.toContain('wrong-password');
    expect((await ask(gateway, 'still served')).status).toBe(200);
  });

  it('costs no request when it goes away, and serves again when it is back', async () => {
    const { redis: r } = await open(1);
    const [gateway] = gateways;
    await untilCached(gateway);

    await r.kill();
    for (let round = 0; round < 20; round += 1) expect((await ask(gateway, `away ${round}`)).status).toBe(200);
    await r.start();

    await untilCached(gateway);
    expect(gateway?.output()).not.toContain(PASSWORD);
  });
});
