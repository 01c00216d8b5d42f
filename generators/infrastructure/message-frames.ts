// Messages of JSON-RPC, each after a header with its length, as the Language Server Protocol frames them.

const HEADER_END = '\r\n\r\n';

/** The bytes of one message. */
export function frameOf(message: object): Buffer {
  const body = Buffer.from(JSON.stringify(message));
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}${HEADER_END}`), body]);
}

/** The whole messages at the start of `bytes`, and what is left of them. Throws where a header has no length. */
export function takeFrames(bytes: Buffer): { messages: unknown[]; rest: Buffer } {
  const messages: unknown[] = [];
  let rest = bytes;
  for (let length = nextLength(rest); length !== undefined; length = nextLength(rest)) {
    const start = rest.indexOf(HEADER_END) + HEADER_END.length;
    if (rest.length < start + length) break;
    messages.push(JSON.parse(rest.toString('utf8', start, start + length)));
    rest = rest.subarray(start + length);
  }
  return { messages, rest };
}

/** Undefined until the header is whole. */
function nextLength(bytes: Buffer): number | undefined {
  const end = bytes.indexOf(HEADER_END);
  if (end === -1) return undefined;
  const length = /^content-length: *(\d+)/im.exec(bytes.toString('latin1', 0, end))?.[1];
  if (length === undefined) throw new Error('a message has no Content-Length');
  return Number(length);
}
