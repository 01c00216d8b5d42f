import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Directives } from './parse-directives.ts';
import { SimulatedError } from './simulated-error.ts';

/** Waits and fails as told. Throws a SimulatedError for `/status`, and an AbortError when the client leaves. */
export async function followDirectives({ delay, status }: Directives, response: ServerResponse): Promise<void> {
  if (delay !== undefined) await pause(delay, response);
  if (status === undefined) return;
  const message = `The simulator answers ${status}, as the last user message asked.`;
  const retryAfterSeconds = status === 429 || status === 503 ? { retryAfterSeconds: 1 } : {};
  throw new SimulatedError(status, message, { ...codeOf(status), ...retryAfterSeconds });
}

/** Waits so many milliseconds, no longer than the client does. */
export async function pause(durationMs: number, response: ServerResponse): Promise<void> {
  const left = new AbortController();
  const leave = () => left.abort();
  response.once('close', leave);
  try {
    await sleep(durationMs, undefined, { signal: left.signal });
  } finally {
    response.off('close', leave);
  }
}

function codeOf(status: number): { code?: string } {
  if (status === 429) return { code: 'rate_limit_exceeded' };
  return status === 401 ? { code: 'invalid_api_key' } : {};
}
