import { renameSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { configFor, MASTER_KEY, startTestGateway, type TestGateway } from '../support/gateway.ts';
import {
  answerJson,
  asksForUsage,
  chatCompletion,
  chatFrames,
  startUpstream,
  type TestUpstream,
} from '../support/upstream.ts';

const QUESTION = { model: 'chat', messages: [{ role: 'user', content: 'Hi' }] };

let gateway: TestGateway | undefined;
let upstream: TestUpstream | undefined;
afterEach(async () => {
  await gateway?.stop();
  await upstream?.close();
});

async function open(more: Parameters<typeof configFor>[1] = {}, settings: object = {}) {
  upstream = await startUpstream((request, response) => {
    if (!request.body.includes('"stream":true')) return answerJson(response, 200, chatCompletion());
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(chatFrames({ words: ['a'], hasUsage: asksForUsage(request) }).join(''));
  });
  gateway = await startTestGateway({ ...configFor(upstream.origin, more), ...settings });
  return { gateway, upstream };
}

const CACHED = { litellm_settings: { cache: true, cache_params: { type: 'local' } } };

describe('the answer cache', () => {
  it.each([[QUESTION], [{ ...QUESTION, stream: true }]])(
    'answers %j again without the upstream, for nothing',
    async (body) => {
      const { gateway: g, upstream: u } = await open({}, CACHED);

      const miss = await g.post('/v1/chat/completions', body);
      const first = await miss.text();
      const hit = await g.post('/v1/chat/completions', body);

      expect(await hit.text()).toBe(first);
      expect(u.received).toHaveLength(1);
      expect(miss.headers.get('x-tollgate-cache')).toBe('miss');
      expect(hit.headers.get('x-tollgate-cache')).toBe('hit');
      expect(hit.headers.get('x-litellm-cache-key')).toMatch(/^[0-9a-f]{64}$/);
      expect(hit.headers.get('x-litellm-response-cost')).toBe('0');
      expect(hit.headers.get('content-type')).toBe(miss.headers.get('content-type'));
    },
  );

  it('does as Cache-Control says', async () => {
    const { gateway: g, upstream: u } = await open({}, CACHED);
    await g.post('/v1/chat/completions', QUESTION, { 'cache-control': 'no-store' });
    await g.post('/v1/chat/completions', QUESTION);
    await g.post('/v1/chat/completions', QUESTION, { 'cache-control': 'no-cache' });
    await g.post('/v1/chat/completions', QUESTION);
    expect(u.received).toHaveLength(3);
  });

  it('still asks who is asking', async () => {
    const { gateway: g } = await open({ key: { models: ['other'] } }, CACHED);
    await g.post('/v1/chat/completions', QUESTION, { authorization: `Bearer ${MASTER_KEY}` });
    expect((await g.post('/v1/chat/completions', QUESTION)).status).toBe(401);
  });
});

describe('the model list', () => {
  it('shows a key what it may use, and the master key everything', async () => {
    const { gateway: g } = await open({ key: { models: ['other'] } });
    const ids = async (headers = {}) =>
      ((await (await g.get('/v1/models', headers)).json()) as { data: { id: string }[] }).data.map(({ id }) => id);

    expect(await ids()).toEqual([]);
    expect(await ids({ authorization: `Bearer ${MASTER_KEY}` })).toEqual(['chat']);
    expect((await g.get('/v1/models/chat')).status).toBe(404);
    expect((await g.get('/models/chat', { authorization: `Bearer ${MASTER_KEY}` })).status).toBe(200);
    expect((await g.get('/v1/models', { authorization: '' })).status).toBe(401);
  });
});

describe('the probes', () => {
  it('tell life, readiness and revision without a key', async () => {
    const { gateway: g } = await open();
    const read = async (path: string) => (await fetch(g.address + path)).json();

    expect(await read('/health/liveliness')).toBe("I'm alive!");
    expect(await read('/health/readiness')).toMatchObject({ status: 'healthy', db: 'Not connected', cache: null });
    expect(await read('/revision')).toEqual({ revision: expect.stringMatching(/^[0-9a-f]{12}$/) as string });
    expect(await (await fetch(`${g.address}/metrics`)).text()).toContain('tollgate_config_revision{revision=');
    expect((await fetch(`${g.address}/nowhere`)).status).toBe(404);
  });

  it('keep metrics, which name teams and keys, from whoever comes through an ingress', async () => {
    const { gateway: g } = await open();
    const headers = { 'x-forwarded-for': '203.0.113.7' };

    expect((await fetch(`${g.address}/metrics`, { headers })).status).toBe(404);
    expect((await fetch(`${g.address}/revision`, { headers })).status).toBe(200);
  });
});

describe('a new configuration', () => {
  function replace(g: TestGateway, text: string): void {
    writeFileSync(`${g.configFile}.new`, text);
    renameSync(`${g.configFile}.new`, g.configFile);
  }

  it('is swapped in whole while requests go on', async () => {
    const { gateway: g, upstream: u } = await open();
    replace(g, JSON.stringify({ ...configFor(u.origin, { key: { blocked: true } }), revision: 'second' }));

    await expect.poll(async () => (await g.get('/revision')).json()).toEqual({ revision: 'second' });

    expect((await g.post('/v1/chat/completions', QUESTION)).status).toBe(401);
  });

  it('is left aside when it is broken, and says so', async () => {
    const { gateway: g } = await open();
    const before = await (await g.get('/revision')).text();
    replace(g, '{"model_list": [{"model_name": "x"}]}');

    const refused = async () =>
      (await (await g.get('/metrics')).text()).includes('tollgate_config_reloads_total{result="refused"} 1');
    await expect.poll(refused).toBe(true);

    expect(await (await g.get('/revision')).text()).toBe(before);
    expect((await g.post('/v1/chat/completions', QUESTION)).status).toBe(200);
  });

  it('keeps what was spent', async () => {
    const key = { max_budget: 0.0004, budget_duration: '1d' };
    const { gateway: g, upstream: u } = await open({ key });
    await g.post('/v1/chat/completions', { ...QUESTION, max_tokens: 1 });
    replace(g, JSON.stringify({ ...configFor(u.origin, { key }), revision: 'second' }));
    await expect.poll(async () => (await g.get('/revision')).json()).toEqual({ revision: 'second' });
    expect((await g.post('/v1/chat/completions', QUESTION)).status).toBe(429);
  });
});

describe('a gateway without any key', () => {
  it('serves this machine alone, as LiteLLM serves everybody', async () => {
    upstream = await startUpstream((_request, response) => answerJson(response, 200, chatCompletion()));
    const { model_list } = configFor(upstream.origin);
    gateway = await startTestGateway({ model_list });
    const response = await fetch(`${gateway.address}/v1/chat/completions`, {
      method: 'POST',
      body: JSON.stringify(QUESTION),
    });
    expect(response.status).toBe(200);
  });
});
