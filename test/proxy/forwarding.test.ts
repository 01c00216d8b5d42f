import { afterEach, describe, expect, it } from 'vitest';
import { configFor, MASTER_KEY, startTestGateway, type TestGateway } from '../support/gateway.ts';
import { answerJson, chatCompletion, startUpstream, type Answerer, type TestUpstream } from '../support/upstream.ts';

const QUESTION = { model: 'chat', messages: [{ role: 'user', content: 'Hi' }] };

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

const answerHello: Answerer = (_request, response) =>
  answerJson(response, 200, chatCompletion(), { 'x-request-id': 'req-1', 'set-cookie': 'a=b', server: 'secret' });

describe('a forwarded request', () => {
  it('reaches the upstream with its bytes but for the model, and comes back byte for byte', async () => {
    const { gateway: g, upstream: u } = await open(answerHello);

    const response = await g.post('/v1/chat/completions', '{ "model":"chat","messages":[],"top_p":1.0 }');

    expect(u.received[0]?.body.toString()).toBe('{ "model":"gpt-4o","messages":[],"top_p":1.0 }');
    expect(Buffer.from(await response.arrayBuffer())).toEqual(chatCompletion());
  });

  it('carries the upstream’s credential and none of the client’s headers', async () => {
    const { gateway: g, upstream: u } = await open(answerHello);

    await g.post('/v1/chat/completions', QUESTION, { 'x-secret': 'mine', cookie: 'c=1' });

    const { headers, url } = u.received[0] ?? { headers: {}, url: '' };
    expect(url).toBe('/v1/chat/completions');
    expect(headers.authorization).toBe('Bearer sk-upstream');
    expect(Object.keys(headers).toSorted()).toEqual(
      ['authorization', 'connection', 'content-length', 'content-type', 'host'].toSorted(),
    );
  });

  it('tells what it was: call, model, deployment, cost, limits', async () => {
    const { gateway: g } = await open(answerHello, { key: { rpm_limit: 5, tpm_limit: 1_000 } });

    const { headers } = await g.post('/v1/chat/completions', QUESTION);

    expect(Object.fromEntries(headers)).toMatchObject({
      'x-litellm-model-group': 'chat',
      'x-litellm-model-id': 'chat-1',
      'x-litellm-response-cost': '0.0004',
      'x-litellm-attempted-retries': '0',
      'x-ratelimit-limit-requests': '5',
      'x-ratelimit-remaining-requests': '4',
      'x-ratelimit-limit-tokens': '1000',
      'x-request-id': 'req-1',
    });
    expect(headers.get('x-litellm-call-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('set-cookie')).toBeNull();
    expect(headers.get('server')).toBeNull();
  });

  it('goes to Azure’s path with Azure’s header', async () => {
    upstream = await startUpstream(answerHello);
    const azure = { model: 'azure/my gpt', api_base: upstream.origin, api_version: '2024-10-21', api_key: 'azure-key' };
    gateway = await startTestGateway(configFor(upstream.origin, { model: azure }));

    await gateway.post('/openai/deployments/chat/chat/completions?api-version=2023-05-15', { messages: [] });

    const received = upstream.received[0];
    expect(received?.url).toBe('/openai/deployments/my%20gpt/chat/completions?api-version=2024-10-21');
    expect(received?.headers['api-key']).toBe('azure-key');
    expect(received?.headers.authorization).toBeUndefined();
    expect(received?.body.toString()).toBe('{"model":"my gpt","messages":[]}');
  });
});

describe('an upstream that says no', () => {
  it('passes its words and status on', async () => {
    const body = Buffer.from(
      '{"error":{"message":"bad temperature","type":"invalid_request_error","param":"temperature","code":null}}',
    );
    const { gateway: g } = await open((_request, response) => answerJson(response, 400, body));

    const response = await g.post('/v1/chat/completions', QUESTION);

    expect(response.status).toBe(400);
    expect(await response.text()).toBe(body.toString());
  });

  it('keeps what it says of the gateway’s credential to itself', async () => {
    const body = Buffer.from('{"error":{"message":"Incorrect API key provided: sk-upstr*am"}}');
    const { gateway: g } = await open((_request, response) => answerJson(response, 401, body));

    const response = await g.post('/v1/chat/completions', QUESTION);

    expect(response.status).toBe(401);
    expect(await response.text()).not.toContain('sk-upstr');
  });

  it('does not pass a web page on', async () => {
    const { gateway: g } = await open((_request, response) => response.writeHead(503).end('<html>proxy</html>'));
    const response = await g.post('/v1/chat/completions', QUESTION);
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({ error: { type: 'upstream_error', code: '502' } });
  });

  it('is tried again, at another deployment first', async () => {
    const failing = await startUpstream((_request, response) => answerJson(response, 500, Buffer.from('{}')));
    upstream = await startUpstream(answerHello);
    const config = configFor(upstream.origin);
    const [model] = config.model_list;
    const other = { ...model, model_info: { id: 'chat-2' } };
    const first = {
      ...model,
      litellm_params: { ...model?.litellm_params, api_base: failing.origin, weight: 1_000_000 },
    };
    gateway = await startTestGateway({ ...config, model_list: [first, other], router_settings: { num_retries: 1 } });

    const response = await gateway.post('/v1/chat/completions', QUESTION);
    await failing.close();

    expect(response.status).toBe(200);
    expect(response.headers.get('x-litellm-attempted-retries')).toBe('1');
    expect(response.headers.get('x-litellm-model-id')).toBe('chat-2');
  });

  it('is waited for as long as it asks', async () => {
    let calls = 0;
    const { gateway: g } = await open(
      (request, response) => {
        calls += 1;
        if (calls === 1) answerJson(response, 429, Buffer.from('{"error":{}}'), { 'retry-after': '0' });
        else answerHello(request, response);
      },
      {},
      { router_settings: { num_retries: 1 } },
    );
    expect((await g.post('/v1/chat/completions', QUESTION)).status).toBe(200);
    expect(calls).toBe(2);
  });

  it('is told apart when it cannot be reached or breaks off', async () => {
    const gone = await startUpstream(answerHello);
    await gone.close();
    gateway = await startTestGateway(configFor(gone.origin));
    const unreachable = await gateway.post('/v1/chat/completions', QUESTION);
    expect(unreachable.status).toBe(503);
    expect(await unreachable.text()).toContain('no connection to the upstream of chat');
    await gateway.stop();

    const { gateway: g } = await open((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
      response.write('{"id":', () => response.destroy());
    });
    const cut = await g.post('/v1/chat/completions', QUESTION);
    expect(cut.status).toBe(502);
    expect(await cut.text()).toContain('broke off');
  });

  it('is not waited for beyond its time-out', async () => {
    const { gateway: g } = await open(() => undefined, { model: { timeout: 0.2 } });
    const response = await g.post('/v1/chat/completions', QUESTION);
    expect(response.status).toBe(408);
    expect(await response.json()).toMatchObject({ error: { type: 'timeout_error' } });
  });
});

describe('a request that is refused', () => {
  it.each([
    ['an unknown model', { model: 'nobody' }, {}, 401, 'team_model_access_denied'],
    ['a model that is not the key’s', QUESTION, { key: { models: ['other'] } }, 401, 'key_model_access_denied'],
    ['a model that is not the team’s', QUESTION, { team: { models: ['other'] } }, 401, 'team_model_access_denied'],
    ['a spent budget', QUESTION, { key: { max_budget: 0 } }, 429, 'budget_exceeded'],
    ['a spent team budget', QUESTION, { team: { max_budget: 0, budget_duration: '1d' } }, 429, 'budget_exceeded'],
    ['a rate limit', QUESTION, { key: { rpm_limit: 0 } }, 429, 'None'],
    ['a token limit', QUESTION, { team: { tpm_limit: 1 } }, 429, 'None'],
    ['a broken body', '{"model":', {}, 400, 'invalid_request_error'],
  ])('for %s never reaches the upstream', async (_what, body, more, status, type) => {
    const { gateway: g, upstream: u } = await open(answerHello, more);

    const response = await g.post('/v1/chat/completions', body);

    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { type, code: String(status) } });
    expect(u.received).toEqual([]);
  });

  it('names the models of a typo to the master key, as LiteLLM does', async () => {
    const { gateway: g } = await open(answerHello);
    const response = await g.post('/chat/completions', { model: 'nobody' }, { authorization: `Bearer ${MASTER_KEY}` });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('/chat/completions: Invalid model name passed in model=nobody');
  });

  it('for its size is refused before it has arrived', async () => {
    const { gateway: g } = await open(answerHello, {}, { general_settings: { max_request_size_mb: 0.001 } });
    const response = await g.post('/v1/chat/completions', { ...QUESTION, padding: 'x'.repeat(2_000) });
    expect(response.status).toBe(413);
  });

  it('tells how long to wait', async () => {
    const { gateway: g } = await open(answerHello, { key: { rpm_limit: 1 } });
    await g.post('/v1/chat/completions', QUESTION);
    const { headers } = await g.post('/v1/chat/completions', QUESTION);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(50);
    expect(headers.get('rate_limit_type')).toBe('requests');
  });
});

describe('a budget', () => {
  it('stops a key once what it really used reaches it', async () => {
    // Each answer costs 0.0004 USD.
    const { gateway: g } = await open(answerHello, { key: { max_budget: 0.001, budget_duration: '1d' } });
    const statuses: number[] = [];
    for (let request = 0; request < 5; request += 1)
      statuses.push((await g.post('/v1/chat/completions', { ...QUESTION, max_tokens: 10 })).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
  });
});
