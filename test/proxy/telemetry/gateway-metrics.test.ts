import { writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { configFor, startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { answerJson, chatCompletion, chatFrames, startUpstream, type TestUpstream } from '../../support/upstream.ts';
import { waitUntil } from '../../../generators/local-cluster/wait-until.ts';

const QUESTION = { model: 'chat', messages: [{ role: 'user', content: 'Hi' }] };

const open: { stop?(): Promise<void>; close?(): Promise<void> }[] = [];

afterEach(async () => {
  for (const part of open.splice(0).toReversed()) await (part.stop?.() ?? part.close?.());
});

async function upstreamThat(answer: Parameters<typeof startUpstream>[0]): Promise<TestUpstream> {
  const upstream = await startUpstream(answer);
  open.push(upstream);
  return upstream;
}

async function gatewayWith(config: object): Promise<TestGateway> {
  const gateway = await startTestGateway(config);
  open.push(gateway);
  return gateway;
}

/** The samples of the metrics whose names begin with `prefix`, by name and labels. */
async function samples(gateway: TestGateway, prefix: string): Promise<Record<string, number>> {
  const text = await (await gateway.get('/metrics')).text();
  const lines = text.split('\n').filter((line) => line.startsWith(prefix));
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  );
}

describe('metrics of a gateway', () => {
  it('count an attempt by how its deployment answered', async () => {
    const statuses = [503, 200, 429, 400, 401];
    const upstream = await upstreamThat((_request, response) =>
      answerJson(response, statuses.shift() ?? 500, chatCompletion()),
    );
    const config = { ...configFor(upstream.origin), router_settings: { num_retries: 1 } };
    const gateway = await gatewayWith(config);

    for (const status of [200, 400, 401])
      expect((await gateway.post('/v1/chat/completions', QUESTION)).status).toBe(status);

    expect(await samples(gateway, 'tollgate_upstream_attempts_total')).toEqual({
      'tollgate_upstream_attempts_total{deployment="chat-1",result="success"}': 1,
      'tollgate_upstream_attempts_total{deployment="chat-1",result="throttled"}': 1,
      'tollgate_upstream_attempts_total{deployment="chat-1",result="rejected"}': 1,
      'tollgate_upstream_attempts_total{deployment="chat-1",result="failed"}': 2,
    });
    expect(await samples(gateway, 'tollgate_upstream_duration_seconds_count')).toEqual({
      'tollgate_upstream_duration_seconds_count{deployment="chat-1"}': 5,
    });
  });

  it('count what a client was refused or failed with, by its code', async () => {
    const upstream = await upstreamThat((_request, response) => answerJson(response, 500, chatCompletion()));
    const gateway = await gatewayWith(configFor(upstream.origin, { team: { rpm_limit: 1 } }));

    await gateway.post('/v1/chat/completions', QUESTION);
    await gateway.post('/v1/chat/completions', QUESTION);
    await gateway.post('/v1/chat/completions', { ...QUESTION, model: 'nobody-knows' });
    await gateway.post('/v1/chat/completions', QUESTION, { authorization: 'Bearer sk-wrong' });

    expect(await samples(gateway, 'tollgate_errors_total')).toEqual({
      'tollgate_errors_total{code="upstream_500",model="chat",team="demo"}': 1,
      'tollgate_errors_total{code="rate_limited",model="chat",team="demo"}': 1,
      'tollgate_errors_total{code="team_model_denied",model="unknown",team="demo"}': 1,
      'tollgate_errors_total{code="key_unknown",model="unknown",team="none"}': 1,
    });
  });

  it('keep the time of an upstream out of the overhead', async () => {
    const upstream = await upstreamThat((_request, response) => {
      setTimeout(() => answerJson(response, 200, chatCompletion()), 300);
    });
    const gateway = await gatewayWith(configFor(upstream.origin));

    await gateway.post('/v1/chat/completions', QUESTION);

    const durations = await samples(gateway, 'tollgate_request_duration_seconds');
    expect(durations['tollgate_request_duration_seconds_sum{model="chat"}']).toBeGreaterThanOrEqual(0.29);
    const overhead = await samples(gateway, 'tollgate_overhead_seconds');
    expect(overhead['tollgate_overhead_seconds_count{model="chat"}']).toBe(1);
    expect(overhead['tollgate_overhead_seconds_sum{model="chat"}']).toBeLessThan(0.25);
  });

  it('time the first byte of streams alone', async () => {
    const upstream = await upstreamThat((request, response) => {
      if (request.body.includes('"stream":true')) {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.end(chatFrames({ words: ['Hello'], hasUsage: true }).join(''));
        return;
      }
      answerJson(response, 200, chatCompletion());
    });
    const gateway = await gatewayWith(configFor(upstream.origin));

    await gateway.post('/v1/chat/completions', QUESTION);
    await (await gateway.post('/v1/chat/completions', { ...QUESTION, stream: true })).text();

    expect(await samples(gateway, 'tollgate_time_to_first_byte_seconds_count')).toEqual({
      'tollgate_time_to_first_byte_seconds_count{model="chat"}': 1,
    });
  });

  it('show how every limited budget stands, and no other', async () => {
    const upstream = await upstreamThat((_request, response) => answerJson(response, 200, chatCompletion()));
    const model = { input_cost_per_token: 0.001, output_cost_per_token: 0.001, cache_read_input_token_cost: 0.001 };
    const gateway = await gatewayWith(configFor(upstream.origin, { team: { max_budget: 5 }, model }));

    await gateway.post('/v1/chat/completions', QUESTION);

    expect(await samples(gateway, 'tollgate_budget')).toEqual({
      'tollgate_budget_limit_usd{scope="team",id="demo"}': 5,
      'tollgate_budget_spent_usd{scope="team",id="demo"}': 0.12,
      'tollgate_budget_reserved_usd{scope="team",id="demo"}': 0,
    });
  });

  it('show zeros of what must never begin, so that its first count is seen', async () => {
    const upstream = await upstreamThat((_request, response) => answerJson(response, 200, chatCompletion()));
    const config = configFor(upstream.origin, { model: { model: 'openai/a-model-without-a-price' } });
    const gateway = await gatewayWith(config);

    expect(await samples(gateway, 'tollgate_unpriced_requests_total')).toEqual({
      'tollgate_unpriced_requests_total{model="chat"}': 0,
    });
    expect(await samples(gateway, 'tollgate_degraded')).toEqual({
      'tollgate_degraded{part="database"}': 0,
      'tollgate_degraded{part="journal"}': 0,
      'tollgate_degraded{part="cache"}': 0,
    });
    expect(await samples(gateway, 'tollgate_config_reloads_total')).toEqual({
      'tollgate_config_reloads_total{result="applied"}': 0,
      'tollgate_config_reloads_total{result="refused"}': 0,
    });
  });

  it('say that a broken file waits until a sound one has come', async () => {
    const upstream = await upstreamThat((_request, response) => answerJson(response, 200, chatCompletion()));
    const gateway = await gatewayWith(configFor(upstream.origin));
    const name = 'tollgate_config_last_reload_successful';
    expect(await samples(gateway, name)).toEqual({ [name]: 1 });

    writeFileSync(gateway.configFile, 'model_list: 7');
    await waitUntil('the broken file is refused', async () => (await samples(gateway, name))[name] === 0);

    writeFileSync(gateway.configFile, JSON.stringify(configFor(upstream.origin, { info: { id: 'chat-2' } })));
    await waitUntil('the sound file is served', async () => (await samples(gateway, name))[name] === 1);
  });

  it('call a cache that does not answer a missing part', async () => {
    const upstream = await upstreamThat((_request, response) => answerJson(response, 200, chatCompletion()));
    const cacheParams = { type: 'redis', host: '127.0.0.1', port: 1 };
    const config = {
      ...configFor(upstream.origin),
      litellm_settings: { cache: true, cache_params: cacheParams },
    };
    const gateway = await gatewayWith(config);

    expect((await samples(gateway, 'tollgate_degraded'))['tollgate_degraded{part="cache"}']).toBe(1);
  });
});
