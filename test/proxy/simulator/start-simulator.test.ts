import OpenAI, { APIError } from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSimulator, type Simulator } from '../../../proxy/simulator/start-simulator.ts';

let simulator: Simulator;
let client: OpenAI;

beforeAll(async () => {
  simulator = await startSimulator();
  client = new OpenAI({ baseURL: simulator.apiBase, apiKey: 'sk-any', maxRetries: 0 });
});
afterAll(() => simulator.close());

function ask(content: string, more: object = {}) {
  return client.chat.completions.create({
    model: 'gpt',
    messages: [{ role: 'user', content }],
    ...more,
    stream: false,
  });
}

async function collectStream(content: string, more: object = {}) {
  const messages = [{ role: 'user' as const, content }];
  const stream = await client.chat.completions.create({ model: 'gpt', messages, ...more, stream: true });
  const chunks: OpenAI.ChatCompletionChunk[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

function post(path: string, body: string) {
  return fetch(`${simulator.apiBase}${path}`, { method: 'POST', body });
}

describe('chat completions', () => {
  it('answers with a text that says what it is, and with usage that adds up', async () => {
    const answer = await ask('Hello there');

    expect(answer).toMatchObject({ object: 'chat.completion', model: 'gpt' });
    expect(answer.id).toMatch(/^chatcmpl-/);
    expect(answer.choices[0]).toMatchObject({ index: 0, finish_reason: 'stop', message: { role: 'assistant' } });
    expect(answer.choices[0]?.message.content).toBe(
      'This is the simulator of Tollgate, not a model. You wrote: Hello there',
    );
    expect(answer.usage).toMatchObject({
      prompt_tokens: 10,
      completion_tokens: 13,
      total_tokens: 23,
      prompt_tokens_details: { cached_tokens: 0 },
      completion_tokens_details: { reasoning_tokens: 0 },
    });
  });

  it('gives the same question the same text', async () => {
    const [first, second] = await Promise.all([ask('Twice'), ask('Twice')]);

    expect(first.choices[0]?.message).toEqual(second.choices[0]?.message);
    expect(first.id).not.toBe(second.id);
  });

  it('reads a message that comes in parts', async () => {
    const content = [{ type: 'text' as const, text: 'in parts' }];

    const answer = await client.chat.completions.create({ model: 'gpt', messages: [{ role: 'user', content }] });

    expect(answer.choices[0]?.message.content).toContain('in parts');
  });

  it.each(['max_tokens', 'max_completion_tokens'])('stops at %s with finish reason length', async (name) => {
    const answer = await ask('Hello', { [name]: 3 });

    expect(answer.choices[0]).toMatchObject({ finish_reason: 'length', message: { content: 'This is the' } });
    expect(answer.usage?.completion_tokens).toBe(3);
  });

  it('gives n choices and counts the tokens of all', async () => {
    const answer = await ask('/tokens 5', { n: 3 });

    expect(answer.choices.map((choice) => choice.index)).toEqual([0, 1, 2]);
    expect(answer.usage?.completion_tokens).toBe(15);
  });
});

describe('streams', () => {
  it('begins with the role, goes on with the text and ends with the finish reason', async () => {
    const chunks = await collectStream('Hello');
    const deltas = chunks.map((chunk) => chunk.choices[0]?.delta);

    expect(deltas[0]).toMatchObject({ role: 'assistant', content: '' });
    expect(deltas.map((delta) => delta?.content ?? '').join('')).toBe(
      'This is the simulator of Tollgate, not a model. You wrote: Hello',
    );
    expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe('stop');
    expect(new Set(chunks.map((chunk) => chunk.id)).size).toBe(1);
    expect(chunks.every((chunk) => !('usage' in chunk))).toBe(true);
  });

  it('ends with a usage frame where one was asked for, and null on the others', async () => {
    const chunks = await collectStream('/tokens 4', { stream_options: { include_usage: true } });
    const usages = chunks.map((chunk) => chunk.usage);

    expect(usages.slice(0, -1).every((usage) => usage === null)).toBe(true);
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { completion_tokens: 4 } });
  });

  it('closes with the line [DONE]', async () => {
    const body = JSON.stringify({ model: 'gpt', stream: true, messages: [{ role: 'user', content: '/tokens 1' }] });
    const response = await post('/chat/completions', body);
    const text = await response.text();

    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
  });
});

describe('embeddings', () => {
  it('gives the official client, which asks for base64, the same vector as plain floats', async () => {
    const encoded = await client.embeddings.create({ model: 'embed', input: 'word' });
    const plain = await client.embeddings.create({ model: 'embed', input: 'word', encoding_format: 'float' });
    const [a, b] = [encoded.data[0]?.embedding ?? [], plain.data[0]?.embedding ?? []];

    expect(a).toHaveLength(1_536);
    expect([...a]).toEqual(b);
    expect(Math.hypot(...b)).toBeCloseTo(1, 5);
    expect(plain.usage).toEqual({ prompt_tokens: 1, total_tokens: 1 });
  });

  it.each([
    { name: 'texts', input: ['one', 'two'] },
    { name: 'token lists', input: [[1, 2], [3]] },
  ])('gives one vector for each of several $name', async ({ input }) => {
    const answer = await client.embeddings.create({ model: 'embed', input, dimensions: 8 });

    expect(answer.data.map(({ index, embedding }) => [index, embedding.length])).toEqual([
      [0, 8],
      [1, 8],
    ]);
    expect(answer.data[0]?.embedding).not.toEqual(answer.data[1]?.embedding);
  });

  it('takes one list of tokens as one input', async () => {
    const answer = await client.embeddings.create({ model: 'embed', input: [1, 2, 3] });

    expect(answer.data).toHaveLength(1);
    expect(answer.usage.prompt_tokens).toBe(3);
  });
});

it('lists its models', async () => {
  const page = await client.models.list();

  expect(page.data.map((model) => model.id)).toEqual(['simulator', 'simulator-embedding']);
});

describe('directives', () => {
  it('answers an error with its status, and how long to wait', async () => {
    const error = await ask('please /status 429').catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(APIError);
    expect(error).toMatchObject({ status: 429, type: 'rate_limit_error', code: 'rate_limit_exceeded' });
    expect((error as APIError).headers?.get('retry-after')).toBe('1');
  });

  it('answers the error of a stream before it begins', async () => {
    await expect(collectStream('/status 503')).rejects.toMatchObject({ status: 503, type: 'server_error' });
  });

  it('looks at the last user message alone', async () => {
    const messages = [
      { role: 'user' as const, content: '/status 500' },
      { role: 'assistant' as const, content: 'sorry' },
      { role: 'user' as const, content: 'again' },
    ];

    const answer = await client.chat.completions.create({ model: 'gpt', messages });

    expect(answer.choices[0]?.finish_reason).toBe('stop');
  });

  it('waits and goes slowly when told so', async () => {
    const chunks = await collectStream('/delay 5 /slow 1 /tokens 3');

    expect(chunks).toHaveLength(5);
  });

  it('writes as many tokens as told', async () => {
    const answer = await ask('/tokens 50');

    expect(answer.usage?.completion_tokens).toBe(50);
  });

  it('cuts a stream after so many frames, without an end', async () => {
    const body = JSON.stringify({ model: 'gpt', stream: true, messages: [{ role: 'user', content: '/cut 3' }] });
    const response = await post('/chat/completions', body);
    const frames: string[] = [];
    const read = async () => {
      for await (const bytes of response.body ?? [])
        frames.push(
          ...(Buffer.from(bytes)
            .toString()
            .match(/^data: /gm) ?? []),
        );
    };

    await expect(read()).rejects.toThrow('terminated');
    expect(frames).toHaveLength(3);
  });

  it('cuts a whole answer in the middle', async () => {
    const body = JSON.stringify({ model: 'gpt', messages: [{ role: 'user', content: '/cut 1' }] });
    const response = await post('/chat/completions', body);

    await expect(response.text()).rejects.toThrow('terminated');
  });
});

describe('refusals', () => {
  it.each([
    { body: '{', param: null, code: null, message: 'We could not parse the JSON body of your request.' },
    {
      body: '{"model":"gpt"}',
      param: 'messages',
      code: 'missing_required_parameter',
      message: "Missing required parameter: 'messages'.",
    },
    {
      body: '{"model":"gpt","messages":[]}',
      param: 'messages',
      code: 'invalid_value',
      message: "Invalid value for 'messages'",
    },
    { body: '[]', param: '', code: 'invalid_value', message: 'Invalid value' },
  ])('refuses $body in the envelope of OpenAI', async ({ body, param, code, message }) => {
    const response = await post('/chat/completions', body);
    const { error } = (await response.json()) as { error: { message: string } };

    expect(response.status).toBe(400);
    expect(error).toMatchObject({ type: 'invalid_request_error', param, code });
    expect(error.message).toContain(message);
  });

  it('refuses an empty text to embed', async () => {
    await expect(client.embeddings.create({ model: 'embed', input: '' })).rejects.toMatchObject({ status: 400 });
  });

  it('answers 404 on an address that OpenAI does not have either', async () => {
    const response = await post('/nothing', '{}');

    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { message: 'Invalid URL (POST /v1/nothing)' } });
  });
});

it('lets go of streams and waits when it closes', async () => {
  const own = await startSimulator();
  const messages = [{ role: 'user', content: '/slow 60000' }];
  const response = await fetch(`${own.apiBase}/chat/completions`, {
    method: 'POST',
    body: JSON.stringify({ model: 'gpt', stream: true, messages }),
  });

  await own.close();

  await expect(response.text()).rejects.toThrow('terminated');
});
