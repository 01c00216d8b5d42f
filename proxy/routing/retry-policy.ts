import type { AttemptResult } from '../upstreams/exchange.ts';

// LiteLLM's rules: 408, 409, 429 and 5xx are worth another attempt; 401 and 403 only at another deployment; other
// answers never. Nothing is retried once the client has seen a byte.

const RETRYABLE_STATUSES = new Set([408, 409, 429]);
const ELSEWHERE_STATUSES = new Set([401, 403]);
const FIRST_WAIT_MS = 500;
const MAX_WAIT_MS = 8_000;
const MAX_JITTER_MS = 750;
const MAX_RETRY_AFTER_SECONDS = 60;

/** Whether another attempt may help. */
export function isRetryable(result: AttemptResult, hasOtherDeployment: boolean): boolean {
  if (result.kind === 'failed') return result.code !== 'upstream_too_large';
  if (result.kind !== 'answered') return false;
  if (ELSEWHERE_STATUSES.has(result.status)) return hasOtherDeployment;
  return result.status >= 500 || RETRYABLE_STATUSES.has(result.status);
}

/** How long to wait before attempt number `attempts` + 1: not at all where another deployment is fresh. */
export function retryWaitMs(
  result: AttemptResult,
  attempts: number,
  hasOtherDeployment: boolean,
  random: () => number,
): number {
  if (hasOtherDeployment) return 0;
  const retryAfter = result.kind === 'answered' ? Number(result.headers['retry-after']) : Number.NaN;
  if (retryAfter >= 0 && retryAfter <= MAX_RETRY_AFTER_SECONDS) return retryAfter * 1_000;
  const backoff = Math.min(FIRST_WAIT_MS * 2 ** (attempts - 1), MAX_WAIT_MS);
  return backoff + random() * MAX_JITTER_MS;
}
