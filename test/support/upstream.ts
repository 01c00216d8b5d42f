import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedRequest {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** The very bytes. */
  readonly body: Buffer;
  /** Resolves when the gateway hangs up before the answer has ended. */
  readonly hungUp: Promise<void>;
}

export interface TestUpstream {
  readonly origin: string;
  readonly received: ReceivedRequest[];
  close(): Promise<void>;
}

export type Answerer = (request: ReceivedRequest, response: ServerResponse) => void;

/** A loopback HTTP server that keeps what it gets and answers as the test says. */
export async function startUpstream(answer: Answerer): Promise<TestUpstream> {
  const received: ReceivedRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const hungUp = new Promise<void>((resolve) => {
        response.on('close', () => {
          if (!response.writableFinished) resolve();
        });
      });
      const entry = { url: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks), hungUp };
      received.push(entry);
      answer(entry, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A chat completion as OpenAI documents it. */
export function chatCompletion(overrides: object = {}): Buffer {
  return Buffer.from(
    JSON.stringify({
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 1_790_000_000,
      model: 'gpt-4o-2024-11-20',
      choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
      usage: {
        prompt_tokens: 100,
        completion_tokens: 20,
        total_tokens: 120,
        prompt_tokens_details: { cached_tokens: 40, audio_tokens: 0 },
        completion_tokens_details: { reasoning_tokens: 5, audio_tokens: 0 },
      },
      ...overrides,
    }),
  );
}

/** Answers with JSON. */
export function answerJson(response: ServerResponse, status: number, body: Buffer, headers: object = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length, ...headers });
  response.end(body);
}

/** The frames of a streamed chat completion; the usage frame comes where the request asked for it. */
export function chatFrames(options: { words: readonly string[]; hasUsage: boolean }): string[] {
  const frame = (delta: object, more: object = {}) =>
    `data: ${JSON.stringify({
      id: 'chatcmpl-1',
      object: 'chat.completion.chunk',
      created: 1_790_000_000,
      model: 'gpt-4o-2024-11-20',
      choices: [{ index: 0, delta, finish_reason: null }],
      ...(options.hasUsage && { usage: null }),
      ...more,
    })}\n\n`;
  const usage = { prompt_tokens: 10, completion_tokens: options.words.length, total_tokens: 10 + options.words.length };
  return [
    frame({ role: 'assistant', content: '' }),
    ...options.words.map((word) => frame({ content: word })),
    frame({}, { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }),
    ...(options.hasUsage ? [frame({}, { choices: [], usage })] : []),
    'data: [DONE]\n\n',
  ];
}

/** Whether a received body asks for the usage frame. */
export function asksForUsage(request: ReceivedRequest): boolean {
  const body = JSON.parse(request.body.toString('utf8')) as { stream_options?: { include_usage?: boolean } };
  return body.stream_options?.include_usage === true;
}
