import type { HttpFailure } from './http-failure.ts';

// GitHub's documentation asks for a minute where a secondary limit names no time.
const UNNAMED_PAUSE_MS = 60_000;

/** Whether GitHub refused since we ask too often: 429, or a 403 that says so in a header or in words. */
export function isRateLimited({ status, response, message }: HttpFailure): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  const headers = response?.headers ?? {};
  const hasNoneLeft = String(headers['x-ratelimit-remaining']) === '0';
  return headers['retry-after'] !== undefined || hasNoneLeft || /rate limit/i.test(message);
}

/** When GitHub takes requests again, in ms since 1970. */
export function rateLimitEndMs({ response }: HttpFailure, nowMs: number): number {
  const retryAfter = Number(response?.headers['retry-after'] ?? Number.NaN);
  if (Number.isFinite(retryAfter)) return nowMs + retryAfter * 1000;
  const reset = Number(response?.headers['x-ratelimit-reset'] ?? Number.NaN);
  return Number.isFinite(reset) ? reset * 1000 : nowMs + UNNAMED_PAUSE_MS;
}
