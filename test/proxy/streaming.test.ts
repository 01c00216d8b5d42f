import { afterEach, describe, expect, it } from 'vitest';
import { configFor, startTestGateway, type TestGateway } from '../support/gateway.ts';
import { asksForUsage, chatFrames, startUpstream, type Answerer, type TestUpstream } from '../support/upstream.ts';

const QUESTION = { model: 'chat', stream: true, messages: [{ role: 'user', content: 'Hi' }] };
const EVENTS = { 'content-type': 'text/event-stream; charset=utf-8' };

let gateway: TestGateway | undefined;
let upstream: TestUpstream | undefined;
afterEach(async () => {
  await gateway?.stop();
  await upstream?.close();
});

async function open(answer: Answerer, more: Parameters<typeof configFor>[1] = {}, settings: object = {}) {
  upstream = await startUpstream(answer);
  gateway = await startTestGateway({ ...configFor(upstream.origin, more), ...settings });
  return { gateway, upstream };
}

const streamHello: Answerer = (request, response) => {
  response.writeHead(200, EVENTS);
  response.end(chatFrames({ words: ['Hel', 'lo'], hasUsage: asksForUsage(request) }).join(''));
};

async function metric(g: TestGateway, name: string): Promise<string[]> {
  const text = await (await g.get('/metrics')).text();
  return text.split('\n').filter((line) => line.startsWith(name));
}

describe('a stream', () => {
  it('arrives frame by frame without the usage that nobody asked for, and is paid for all the same', async () => {
    const { gateway: g, upstream: u } = await open(streamHello);

    const response = await g.post('/v1/chat/completions', QUESTION);
    const text = await response.text();

    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    expect(u.received[0]?.body.toString()).toContain('"stream_options":{"include_usage":true}');
    expect(text).toBe(
      chatFrames({ words: ['Hel', 'lo'], hasUsage: true })
        .toSpliced(-2, 1)
        .join(''),
    );
    expect(await metric(g, 'tollgate_tokens_total')).toEqual([
      'tollgate_tokens_total{model="chat",team="demo",kind="input"} 10',
      'tollgate_tokens_total{model="chat",team="demo",kind="output"} 2',
    ]);
  });

  it('has its usage frame where the client asked for it', async () => {
    const { gateway: g } = await open(streamHello);
    const body = { ...QUESTION, stream_options: { include_usage: true } };
    const text = await (await g.post('/v1/chat/completions', body)).text();
    expect(text).toBe(chatFrames({ words: ['Hel', 'lo'], hasUsage: true }).join(''));
  });

  it('is estimated where the deployment refuses stream options', async () => {
    const { gateway: g, upstream: u } = await open(streamHello, { info: { supports_stream_usage: false } });
    await (await g.post('/v1/chat/completions', QUESTION)).text();
    expect(u.received[0]?.body.toString()).not.toContain('stream_options');
    expect((await metric(g, 'tollgate_tokens_total')).at(-1)).toMatch(/kind="output"} 2$/);
  });

  it('leaves as it comes: the first words are there before the last are made', async () => {
    const [first = '', ...others] = chatFrames({ words: ['Hel', 'lo'], hasUsage: false });
    let finish: () => void = () => undefined;
    const { gateway: g } = await open((_request, response) => {
      response.writeHead(200, EVENTS);
      response.write(first);
      finish = () => response.end(others.join(''));
    });

    const response = await g.post('/v1/chat/completions', QUESTION);
    const reader = response.body?.getReader();
    const begun = await reader?.read();
    expect(Buffer.from(begun?.value ?? []).toString()).toBe(first);
    finish();
    while ((await reader?.read())?.done === false);
  });

  it('ends when the upstream says so, even if its connection stays open', async () => {
    const { gateway: g } = await open((request, response) => {
      response.writeHead(200, EVENTS);
      response.write(chatFrames({ words: ['a'], hasUsage: asksForUsage(request) }).join(''));
    });
    expect(await (await g.post('/v1/chat/completions', QUESTION)).text()).toMatch(/data: \[DONE\]\n\n$/);
  });

  it('ends in an error frame, never in a fake finish, when the upstream breaks off', async () => {
    const [first = '', second = ''] = chatFrames({ words: ['Hel', 'lo'], hasUsage: false });
    const { gateway: g } = await open((_request, response) => {
      response.writeHead(200, EVENTS);
      response.write(`${first + second}data: {"cut`, () => response.destroy());
    });

    const text = await (await g.post('/v1/chat/completions', QUESTION)).text();

    expect(text.startsWith(first + second)).toBe(true);
    expect(text).not.toContain('[DONE]');
    expect(text).not.toContain('{"cut');
    const last = text.trimEnd().split('\n\n').at(-1) ?? '';
    expect(JSON.parse(last.replace('data: ', ''))).toMatchObject({ error: { type: 'upstream_error', code: '502' } });
  });

  it('hangs up on the upstream when the client leaves, and keeps the row', async () => {
    const [first = ''] = chatFrames({ words: ['Hel'], hasUsage: false });
    const { gateway: g, upstream: u } = await open((_request, response) => {
      response.writeHead(200, EVENTS);
      response.write(first);
    });
    const leaving = new AbortController();
    const response = await fetch(`${g.address}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: 'Bearer sk-test-0123456789abcdef' },
      body: JSON.stringify(QUESTION),
      signal: leaving.signal,
    });
    await response.body?.getReader().read();

    leaving.abort();
    await u.received[0]?.hungUp;

    await expect
      .poll(() => metric(g, 'tollgate_requests_total'))
      .toEqual(['tollgate_requests_total{model="chat",team="demo",key_alias="mine",status="client_closed"} 1']);
  });

  it('is an ordinary error where the upstream refuses before the first frame', async () => {
    const { gateway: g } = await open((_request, response) =>
      response.writeHead(429, { 'content-type': 'application/json' }).end('{"error":{"message":"slow down"}}'),
    );
    const response = await g.post('/v1/chat/completions', QUESTION);
    expect(response.status).toBe(429);
    expect(await response.json()).toEqual({ error: { message: 'slow down' } });
  });

  it('ends before the gateway stops', async () => {
    const [first = '', ...others] = chatFrames({ words: ['a'], hasUsage: false });
    let finish: () => void = () => undefined;
    const { gateway: g } = await open((_request, response) => {
      response.writeHead(200, EVENTS);
      response.write(first);
      finish = () => response.end(others.join(''));
    });
    const response = await g.post('/v1/chat/completions', QUESTION);

    const stopped = g.stop();
    finish();

    expect(await response.text()).toMatch(/data: \[DONE\]\n\n$/);
    await stopped;
    gateway = undefined;
  });
});
