import type { ServerResponse } from 'node:http';
import type { Directives } from './parse-directives.ts';

/** Writes a whole JSON answer; with `/cut` the socket dies after half of it. */
export function writeAnswer(answer: unknown, { cut }: Directives, response: ServerResponse): void {
  const body = Buffer.from(JSON.stringify(answer));
  response.setHeader('content-type', 'application/json');
  response.setHeader('content-length', body.length);
  if (cut === undefined) {
    response.end(body);
    return;
  }
  response.write(body.subarray(0, body.length / 2), () => response.destroy());
}
