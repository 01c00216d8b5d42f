import type { LimitScope } from '../config/callers.ts';

// LiteLLM's fixed window of 60 s that begins with the first request, with three of its quirks left out: a refused
// request takes nothing, tokens count before the call (an estimate, corrected afterwards), and the time to wait is
// the window's real rest.

export const RATE_WINDOW_MS = 60_000;

export interface RateRefusal {
  readonly scope: LimitScope;
  readonly kind: 'requests' | 'tokens';
  readonly limit: number;
  readonly remaining: number;
  readonly resetsAtMs: number;
}

/** What is left after a request was let in; undefined where there is no limit. */
export interface RateAllowance {
  readonly limitRequests: number | undefined;
  readonly remainingRequests: number | undefined;
  readonly limitTokens: number | undefined;
  readonly remainingTokens: number | undefined;
  /** Corrects the estimate with the tokens that were really used. Only the first call counts. */
  settle(tokens: number): void;
}

export interface RateLimits {
  /** Takes one request and `estimatedTokens` from every limit, or nothing from any. */
  take(limits: readonly LimitScope[], estimatedTokens: number): Promise<RateAllowance | RateRefusal>;
}

interface Counter {
  startMs: number;
  requests: number;
  tokens: number;
}

export function isRateRefusal(result: RateAllowance | RateRefusal): result is RateRefusal {
  return 'kind' in result;
}

/** Rate limits of one process. */
export function createMemoryRateLimits(now: () => number): RateLimits {
  const counters = new Map<string, Counter>();

  function current(scope: LimitScope, nowMs: number): Counter {
    let counter = counters.get(scope.name);
    if (counter === undefined) {
      counter = { startMs: nowMs, requests: 0, tokens: 0 };
      counters.set(scope.name, counter);
    } else if (nowMs - counter.startMs >= RATE_WINDOW_MS) {
      Object.assign(counter, { startMs: nowMs, requests: 0, tokens: 0 });
    }
    return counter;
  }

  return {
    async take(limits, estimatedTokens) {
      const nowMs = now();
      const taken: Counter[] = [];
      for (const scope of limits) {
        if (scope.requestsPerMinute === undefined && scope.tokensPerMinute === undefined) continue;
        const counter = current(scope, nowMs);
        const refusal = refuse(scope, counter, estimatedTokens);
        if (refusal !== undefined) return refusal;
        taken.push(counter);
      }
      for (const counter of taken) {
        counter.requests += 1;
        counter.tokens += estimatedTokens;
      }
      return new Allowance(limits, counters, taken, estimatedTokens);
    },
  };
}

function refuse(scope: LimitScope, counter: Counter, tokens: number): RateRefusal | undefined {
  const { requestsPerMinute: requestLimit, tokensPerMinute: tokenLimit } = scope;
  const resetsAtMs = counter.startMs + RATE_WINDOW_MS;
  if (requestLimit !== undefined && counter.requests >= requestLimit)
    return { scope, kind: 'requests', limit: requestLimit, remaining: 0, resetsAtMs };
  if (tokenLimit === undefined || counter.tokens + tokens <= tokenLimit) return undefined;
  return { scope, kind: 'tokens', limit: tokenLimit, remaining: Math.max(0, tokenLimit - counter.tokens), resetsAtMs };
}

class Allowance implements RateAllowance {
  readonly limitRequests: number | undefined;
  readonly remainingRequests: number | undefined;
  readonly limitTokens: number | undefined;
  readonly remainingTokens: number | undefined;
  readonly #counters: readonly Counter[];
  readonly #windows: readonly number[];
  readonly #estimate: number;
  #isSettled = false;

  constructor(limits: readonly LimitScope[], all: Map<string, Counter>, taken: readonly Counter[], estimate: number) {
    this.#counters = taken;
    this.#windows = taken.map((counter) => counter.startMs);
    this.#estimate = estimate;
    for (const scope of limits) {
      const counter = all.get(scope.name);
      if (counter === undefined) continue;
      // The tightest of the key's and the team's is what the client has to live with.
      const requests = left(scope.requestsPerMinute, counter.requests);
      if (requests !== undefined && requests < (this.remainingRequests ?? Number.POSITIVE_INFINITY)) {
        this.remainingRequests = requests;
        this.limitRequests = scope.requestsPerMinute;
      }
      const tokens = left(scope.tokensPerMinute, counter.tokens);
      if (tokens !== undefined && tokens < (this.remainingTokens ?? Number.POSITIVE_INFINITY)) {
        this.remainingTokens = tokens;
        this.limitTokens = scope.tokensPerMinute;
      }
    }
  }

  settle(tokens: number): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    for (const [index, counter] of this.#counters.entries())
      if (counter.startMs === this.#windows[index]) counter.tokens += tokens - this.#estimate;
  }
}

function left(limit: number | undefined, used: number): number | undefined {
  return limit === undefined ? undefined : Math.max(0, limit - used);
}
