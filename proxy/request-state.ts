import type Koa from 'koa';
import type { Caller } from './config/callers.ts';
import type { ModelDeployment, ModelRoute } from './config/model-routes.ts';
import type { Snapshot } from './config/snapshot.ts';
import type { Endpoint } from './endpoints/match-endpoint.ts';
import type { Reservation } from './limits/budgets.ts';
import type { RateAllowance } from './limits/rate-limits.ts';
import type { GatewayRequest } from './request/gateway-request.ts';
import type { SpendLog, TokenUsage } from './spend/spend-log.ts';

/** What is still to be sent once the request is accounted for. */
export type Answer =
  | { readonly kind: 'whole'; readonly status: number; readonly headers: string[]; readonly body: Buffer }
  /** The stream is under way; these are its last bytes. */
  | { readonly kind: 'rest'; readonly bytes: Buffer }
  /** The client has left. */
  | { readonly kind: 'none' };

/** How a request ended: what the client gets, and what goes into the books. */
export interface Outcome {
  readonly answer: Answer;
  readonly status: SpendLog['status'];
  readonly httpStatus: number;
  readonly errorCode: string | undefined;
  readonly usage: TokenUsage;
  readonly usageSource: SpendLog['usage_source'];
  readonly firstByteAtMs: number | undefined;
  readonly deployment: ModelDeployment | undefined;
  readonly attempts: number;
  readonly isCacheHit: boolean;
  /** What the client was sent, for the cache; undefined where it must not be kept. */
  readonly cacheableBody: Buffer | undefined;
}

/** What the stages know of a request, filled from top to bottom of app.ts. */
export class RequestState {
  readonly requestId: string;
  readonly startedAtMs: number;
  /** The configuration as it stood when the request came: one request never sees two. */
  readonly snapshot: Snapshot;
  endpoint: Endpoint | undefined;
  #caller: Caller | undefined;
  #request: GatewayRequest | undefined;
  route: ModelRoute | undefined;
  allowance: RateAllowance | undefined;
  reservation: Reservation | undefined;
  /** The cache wants this answer. */
  keepsAnswer = false;
  outcome: Outcome | undefined;
  /** For how long an upstream was at work, waits between attempts among it. */
  upstreamMs = 0;
  costNanoUsd: number | undefined;

  constructor(requestId: string, startedAtMs: number, snapshot: Snapshot) {
    this.requestId = requestId;
    this.startedAtMs = startedAtMs;
    this.snapshot = snapshot;
  }

  /** Set by authenticate. */
  get caller(): Caller {
    if (this.#caller === undefined) throw new Error('a stage ran before authenticate');
    return this.#caller;
  }

  set caller(caller: Caller) {
    this.#caller = caller;
  }

  get hasCaller(): boolean {
    return this.#caller !== undefined;
  }

  /** Set by parseRequest. */
  get request(): GatewayRequest {
    if (this.#request === undefined) throw new Error('a stage ran before parseRequest');
    return this.#request;
  }

  set request(request: GatewayRequest) {
    this.#request = request;
  }

  get hasRequest(): boolean {
    return this.#request !== undefined;
  }
}

export type GatewayContext = Koa.ParameterizedContext<RequestState>;
/** A stage that only looks hands `next()` on as it is: a promise of its own for each would cost more than its work. */
export type Stage = (ctx: GatewayContext, next: Koa.Next) => Promise<void>;

/** What a stage returns that has answered. */
export const DONE = Promise.resolve();
