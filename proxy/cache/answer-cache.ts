import { hash } from 'node:crypto';
import type { TokenUsage } from '../spend/spend-log.ts';
import type { GatewayRequest } from '../request/gateway-request.ts';

/** An answer as it was sent, whole or as a stream, and what it used when it was made. */
export interface CachedAnswer {
  readonly contentType: string;
  readonly usage: TokenUsage;
  readonly body: Buffer;
}

/** Where answers are kept: one process's memory, or a Redis that several share. A failure is a miss. */
export interface AnswerCache {
  readonly kind: 'local' | 'redis';
  /** False while it is left alone because it does not answer: every look is a miss. */
  readonly isUsable: boolean;
  get(key: string): Promise<CachedAnswer | undefined>;
  /** Returns at once; an answer that cannot be stored is only a later miss. */
  set(key: string, answer: CachedAnswer, ttlMs: number): void;
  close(): Promise<void>;
}

/** Answers above this are not kept. */
export const MAX_CACHED_BYTES = 1024 * 1024;

/**
 * The key of a request: its endpoint, its public model and every byte of its body, so that whatever can change the
 * answer changes the key, and a stream and a whole answer never share one. Who asks is no part of it.
 */
export function cacheKey(request: GatewayRequest, namespace: string): string {
  const bodyHash = hash('sha256', request.body);
  const key = hash('sha256', `${request.endpoint}\n${request.model}\n${bodyHash}`);
  return namespace === '' ? key : `${namespace}:${key}`;
}

const LINE_FEED = 0x0a;

/** One line of JSON, then the body as it is. */
export function encodeAnswer(answer: CachedAnswer): Buffer {
  const head = JSON.stringify({ contentType: answer.contentType, usage: answer.usage });
  return Buffer.concat([Buffer.from(`${head}\n`), answer.body]);
}

/** Undefined for bytes that encodeAnswer did not make. */
export function decodeAnswer(bytes: Buffer): CachedAnswer | undefined {
  const end = bytes.indexOf(LINE_FEED);
  if (end === -1) return undefined;
  try {
    const head = JSON.parse(bytes.toString('utf8', 0, end)) as Omit<CachedAnswer, 'body'>;
    return { contentType: head.contentType, usage: head.usage, body: bytes.subarray(end + 1) };
  } catch {
    return undefined;
  }
}
