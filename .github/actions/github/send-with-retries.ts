import { setTimeout as sleep } from 'node:timers/promises';
import { isHttpFailure } from './http-failure.ts';
import { isRateLimited, rateLimitEndMs } from './rate-limit.ts';

const MOST_ATTEMPTS = 4;
const LONGEST_PAUSE_MS = 90_000;
const FIRST_PAUSE_MS = 500;

export type Pause = (ms: number) => Promise<unknown>;

/**
 * Sends a request again where GitHub limits us and says until when, and where it or the network fails on a request that
 * may be repeated. Throws the last error after four attempts, or at once where GitHub wants a longer pause than 90 s.
 */
export async function sendWithRetries<T>(send: () => T | Promise<T>, method: string, pause: Pause = sleep): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send();
    } catch (error) {
      const pauseMs = pauseBeforeNext(error, method, attempt);
      if (attempt >= MOST_ATTEMPTS || pauseMs === undefined || pauseMs > LONGEST_PAUSE_MS) throw error;
      await pause(pauseMs);
    }
  }
}

/** Undefined where the same request would be refused again, or might be done twice. */
function pauseBeforeNext(error: unknown, method: string, attempt: number): number | undefined {
  if (!isHttpFailure(error)) return undefined;
  if (isRateLimited(error)) return Math.max(0, rateLimitEndMs(error, Date.now()) - Date.now());
  // A POST that failed on the way may have been done: a second one would be a second comment.
  const isRepeatable = method !== 'POST';
  return isRepeatable && error.status >= 500 ? FIRST_PAUSE_MS * 2 ** (attempt - 1) : undefined;
}
