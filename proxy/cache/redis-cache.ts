import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { CacheParams } from '../../environments/schema/gateway-config.ts';
import { decodeAnswer, encodeAnswer, type AnswerCache } from './answer-cache.ts';

// A cache must never make a request slower than no cache: a command has little time, and after a few failures in a
// row Redis is left alone for a while.

const COMMAND_TIMEOUT_MS = 250;
const CONNECT_TIMEOUT_MS = 5_000;
const MAX_RECONNECT_DELAY_MS = 5_000;
const FAILURES_THAT_OPEN = 5;
const OPEN_MS = 10_000;
const DEFAULT_PORT = 6_379;
const KEY_PREFIX = 'tollgate:answer:';

/** Answers that every gateway on the same Redis shares. */
export function createRedisCache(params: CacheParams, options: { log: Logger; now: () => number }): AnswerCache {
  const redis = connect(params);
  let failures = 0;
  let closedUntilMs = 0;

  redis.on('error', (error: Error) => note('redis connection failed', error));
  redis.on('ready', () => {
    failures = 0;
    options.log.info('redis connected');
  });

  function note(message: string, error: Error): void {
    failures += 1;
    // Never the error itself: a client's error carries its command, with the password or an answer in it.
    if (failures === 1) options.log.warn({ reason: error.message }, message);
    if (failures % FAILURES_THAT_OPEN === 0) closedUntilMs = options.now() + OPEN_MS;
  }

  const isUsable = () => redis.status === 'ready' && options.now() >= closedUntilMs;

  return {
    kind: 'redis',
    get isUsable() {
      return isUsable();
    },
    async get(key) {
      if (!isUsable()) return undefined;
      try {
        const bytes = await redis.getBuffer(KEY_PREFIX + key);
        failures = 0;
        return bytes === null ? undefined : decodeAnswer(bytes);
      } catch (error) {
        note('redis read failed', error as Error);
        return undefined;
      }
    },
    set(key, answer, ttlMs) {
      if (!isUsable()) return;
      redis.set(KEY_PREFIX + key, encodeAnswer(answer), 'PX', Math.ceil(ttlMs)).catch((error: Error) => {
        note('redis write failed', error);
      });
    },
    async close() {
      redis.disconnect();
    },
  };
}

function connect(params: CacheParams): Redis {
  const common = {
    commandTimeout: COMMAND_TIMEOUT_MS,
    connectTimeout: CONNECT_TIMEOUT_MS,
    enableAutoPipelining: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt: number) => Math.min(attempt * 200, MAX_RECONNECT_DELAY_MS),
  };
  if (params.url !== undefined) return new Redis(params.url, common);
  return new Redis({
    ...common,
    host: params.host ?? '127.0.0.1',
    port: Number(params.port ?? DEFAULT_PORT),
    ...(params.username !== undefined && { username: params.username }),
    ...(params.password !== undefined && { password: params.password }),
    ...(params.ssl === true && { tls: {} }),
  });
}
