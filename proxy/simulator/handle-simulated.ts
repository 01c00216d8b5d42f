import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerChat } from './answer-chat.ts';
import { answerEmbeddings } from './answer-embeddings.ts';
import { SimulatedError } from './simulated-error.ts';

const MAX_BODY_BYTES = 64 * 1024 * 1024;

const MODELS = ['simulator', 'simulator-embedding'];

/** Serves one request, and turns what is wrong with it into OpenAI's error envelope. Never rejects. */
export async function handleSimulated(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const startedAtMs = performance.now();
  response.setHeader('x-request-id', `req_${randomUUID().replaceAll('-', '')}`);
  try {
    await route(request, response, startedAtMs);
  } catch (error) {
    writeError(response, error);
  }
}

async function route(request: IncomingMessage, response: ServerResponse, startedAtMs: number): Promise<void> {
  const path = (request.url ?? '').replace(/\?.*$/, '');
  switch (`${request.method} ${path}`) {
    case 'POST /v1/chat/completions':
      return answerChat(await readJson(request), response, startedAtMs);
    case 'POST /v1/embeddings':
      return answerEmbeddings(await readJson(request), response, startedAtMs);
    case 'GET /v1/models':
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ object: 'list', data: MODELS.map(describeModel) }));
      return;
    default:
      throw new SimulatedError(404, `Invalid URL (${request.method} ${path})`);
  }
}

function describeModel(id: string) {
  return { id, object: 'model', created: 1_700_000_000, owned_by: 'tollgate' };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > MAX_BODY_BYTES) throw new SimulatedError(413, `The body is larger than ${MAX_BODY_BYTES} bytes.`);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new SimulatedError(400, 'We could not parse the JSON body of your request.');
  }
}

function writeError(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const known = error instanceof SimulatedError ? error : new SimulatedError(500, 'The simulator has failed.');
  response.statusCode = known.status;
  response.setHeader('content-type', 'application/json');
  if (known.status === 413) response.setHeader('connection', 'close');
  if (known.retryAfterSeconds !== undefined) response.setHeader('retry-after', String(known.retryAfterSeconds));
  response.end(JSON.stringify(known.envelope()));
}
