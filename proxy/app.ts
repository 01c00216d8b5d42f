import Koa from 'koa';
import type { Logger } from 'pino';
import type { AnswerCache } from './cache/answer-cache.ts';
import type { Snapshot } from './config/snapshot.ts';
import type { Budgets } from './limits/budgets.ts';
import type { RateLimits } from './limits/rate-limits.ts';
import { answerFromCache } from './pipeline/answer-from-cache.ts';
import { answerProbes, type GatewayHealth } from './pipeline/answer-probes.ts';
import { assignRequestId } from './pipeline/assign-request-id.ts';
import { authenticate } from './pipeline/authenticate.ts';
import { authorizeModel } from './pipeline/authorize-model.ts';
import { forward } from './pipeline/forward.ts';
import { handleErrors } from './pipeline/handle-errors.ts';
import { limitRate } from './pipeline/limit-rate.ts';
import { listModels } from './pipeline/list-models.ts';
import { logRequest } from './pipeline/log-request.ts';
import { matchRoute } from './pipeline/match-route.ts';
import { parseRequest } from './pipeline/parse-request.ts';
import { recordSpend } from './pipeline/record-spend.ts';
import { reserveBudget } from './pipeline/reserve-budget.ts';
import { sendAnswer } from './pipeline/send-answer.ts';
import type { RequestState } from './request-state.ts';
import type { Spend } from './spend/start-spend.ts';
import type { GatewayMetrics } from './telemetry/metrics.ts';
import type { Connections } from './upstreams/connections.ts';

/** What the stages work with; main.ts makes it. */
export interface GatewayParts {
  readonly snapshot: () => Snapshot;
  readonly health: () => GatewayHealth;
  readonly budgets: Budgets;
  readonly rateLimits: RateLimits;
  readonly cache: () => AnswerCache | undefined;
  readonly connections: Connections;
  readonly spend: Spend;
  readonly log: Logger;
  readonly metrics: GatewayMetrics;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** From 0 to below 1. */
  readonly random: () => number;
}

/** The gateway's table of contents: the stages of a request in their order. */
export function createApp(parts: GatewayParts): Koa<RequestState> {
  const app = new Koa<RequestState>();
  app.use(handleErrors(parts));
  app.use(assignRequestId(parts));
  app.use(logRequest(parts));
  app.use(matchRoute());
  app.use(answerProbes(parts));
  app.use(authenticate(parts));
  app.use(listModels());
  app.use(parseRequest());
  app.use(sendAnswer());
  app.use(recordSpend(parts));
  app.use(authorizeModel());
  app.use(limitRate(parts));
  app.use(reserveBudget(parts));
  app.use(answerFromCache(parts));
  app.use(forward(parts));
  return app;
}
