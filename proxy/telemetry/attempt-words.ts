import type { AttemptResult } from '../upstreams/exchange.ts';

/** How calls to a model deployment are told apart. */
export const ATTEMPT_WORDS = ['success', 'rejected', 'throttled', 'failed', 'abandoned'] as const;
export type AttemptWord = (typeof ATTEMPT_WORDS)[number];

const REFUSES_GATEWAY = [401, 403, 408];

/**
 * `rejected` is the client's fault, `throttled` the deployment's lack of capacity, `failed` everything else that a
 * healthy deployment with a right credential does not do, `abandoned` the client's leaving.
 */
export function attemptWord(result: AttemptResult): AttemptWord {
  if (result.kind === 'streamed') return 'success';
  if (result.kind !== 'answered') return result.kind;
  const { status } = result;
  if (status < 400) return 'success';
  if (status === 429) return 'throttled';
  return status >= 500 || REFUSES_GATEWAY.includes(status) ? 'failed' : 'rejected';
}
