import { destination, pino, type Logger } from 'pino';

/** Lines are gathered up to so many bytes, since a write per request would cost more than the request. */
const BUFFER_BYTES = 64 * 1024;
const MAX_WRITE_BYTES = 128 * 1024;
const FLUSH_MS = 250;

/** A JSON logger on stdout. Messages are fixed and fields vary, so that lines group; `flush` before leaving. */
export function createLogger(level: string): { log: Logger; flush: () => void } {
  const stream = destination({
    dest: 1,
    sync: false,
    minLength: BUFFER_BYTES,
    maxWrite: MAX_WRITE_BYTES,
    periodicFlush: FLUSH_MS,
  });
  const log = pino(
    {
      level,
      serializers: { err: describeError },
      messageKey: 'message',
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
    },
    stream,
  );
  return { log, flush: () => stream.flushSync() };
}

/** No more of an error than this: clients hang what they were sending onto theirs, passwords and prompts among it. */
function describeError({ name, message, stack }: Error): object {
  return { type: name, message, stack };
}
