// A program of its own: answers every HTTP request on a port with one burst of server-sent events, at the price of
// one write. It reads just enough HTTP/1.1 for clients that send a Content-Length or no body.
import { createServer } from 'node:net';
import { answerFrames } from './chat-payload.ts';

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n';
const chunks = answerFrames().map((frame) => `${Buffer.byteLength(frame).toString(16)}\r\n${frame}\r\n`);
const answer = Buffer.from(`${HEAD}${chunks.join('')}0\r\n\r\n`);

createServer((socket) => {
  let waiting: Buffer = Buffer.alloc(0);
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', (data: Buffer) => {
    waiting = waiting.length === 0 ? data : Buffer.concat([waiting, data]);
    for (let length = requestLength(waiting); length !== undefined; length = requestLength(waiting)) {
      waiting = waiting.subarray(length);
      socket.write(answer);
    }
  });
}).listen(Number(process.argv[2]), '127.0.0.1');

/** Bytes of the first request, or undefined while it is not complete. */
function requestLength(bytes: Buffer): number | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd === -1) return undefined;
  const declared = /\r\ncontent-length: *(\d+)/i.exec(bytes.toString('latin1', 0, headEnd))?.[1] ?? '0';
  const length = headEnd + 4 + Number(declared);
  return bytes.length < length ? undefined : length;
}
