import type { IncomingMessage } from 'node:http';
import { GatewayError } from '../errors.ts';

const EMPTY = Buffer.alloc(0);

/**
 * Collects a request's body into one Buffer.
 * @throws GatewayError body_too_large, body_incomplete
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > maxBytes) return Promise.reject(tooLarge(maxBytes));
  return new Promise((resolve, reject) => {
    let first: Buffer | undefined;
    let chunks: Buffer[] | undefined;
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) {
        request.pause();
        reject(tooLarge(maxBytes));
      } else if (first === undefined) first = chunk;
      else if (chunks === undefined) chunks = [first, chunk];
      else chunks.push(chunk);
    });
    request.on('end', () => resolve(chunks === undefined ? (first ?? EMPTY) : Buffer.concat(chunks, size)));
    request.on('close', () => {
      // Every request closes; an error costs a stack trace.
      if (!request.complete) reject(new GatewayError('body_incomplete'));
    });
  });
}

/** The rest of the body is not read, so the connection cannot be used again. */
function tooLarge(limit: number): GatewayError {
  return new GatewayError('body_too_large', { limit }, { headers: { connection: 'close' } });
}
