// A program of its own: the least that a gateway on Node can do. It takes a request whole, sends it to one upstream
// through undici's Pool with its defaults, and gives the answer back; it checks, counts and stores nothing.
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { Pool, type Dispatcher } from 'undici';

const [port, origin = ''] = process.argv.slice(2);
const pool = new Pool(origin);
const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'host', 'content-length', 'expect']);

createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const [first] = chunks;
    const body = chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks);
    const { url = '/', method = 'GET' } = request;
    const headers = endToEnd(request.headers);
    pool.dispatch({ path: url, method, headers, body: body.length === 0 ? null : body }, new Answer(response));
  });
}).listen(Number(port), '127.0.0.1');

/** Passes one answer on as it comes. */
class Answer implements Dispatcher.DispatchHandler {
  readonly #response: ServerResponse;
  #bytesLeft = Number.POSITIVE_INFINITY;

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  onRequestStart(): void {}

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (headers['content-length'] !== undefined) this.#bytesLeft = Number(headers['content-length']);
    this.#response.writeHead(status, { ...endToEnd(headers), ...length(headers) });
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytesLeft -= chunk.length;
    if (this.#bytesLeft === 0) this.#response.end(chunk);
    else this.#response.write(chunk);
  }

  onResponseEnd(): void {
    if (!this.#response.writableEnded) this.#response.end();
  }

  onResponseError(): void {
    if (this.#response.headersSent) this.#response.destroy();
    else this.#response.writeHead(502).end();
  }
}

function length(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return headers['content-length'] === undefined ? {} : { 'content-length': headers['content-length'] };
}

function endToEnd(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const kept: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined && !HOP_BY_HOP.has(name)) kept[name] = value;
  return kept;
}
