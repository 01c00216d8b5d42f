import type { Logger } from 'pino';
import { GatewayError, type ErrorCode } from '../errors.ts';
import type { GatewayContext, Stage } from '../request-state.ts';
import type { GatewayMetrics } from '../telemetry/metrics.ts';

/**
 * One line per request that names who, what and how long: never a prompt, a key or a header. A request that went well
 * is at level debug, since its row in the books says the same; every other one is at level info.
 */
export function logRequest(options: { log: Logger; metrics: GatewayMetrics; now: () => number }): Stage {
  return async function logRequest(ctx, next) {
    options.metrics.inFlight.add(1);
    let error: unknown;
    try {
      await next();
    } catch (thrown) {
      error = thrown;
      throw thrown;
    } finally {
      options.metrics.inFlight.add(-1);
      if (isWorthALine(ctx)) note(ctx, error);
    }
  };

  /** Probes and scrapes come every few seconds and say nothing. */
  function isWorthALine({ state: { endpoint } }: GatewayContext): boolean {
    return endpoint === undefined || endpoint.kind === 'forward';
  }

  function note(ctx: GatewayContext, error: unknown): void {
    const { state } = ctx;
    const { outcome } = state;
    const durationMs = options.now() - state.startedAtMs;
    const errorCode = outcome?.errorCode ?? codeOf(error);
    options.metrics.countDuration(state, durationMs);
    if (errorCode !== undefined) options.metrics.countError(errorCode, state);
    const level = outcome?.status === 'success' ? 'debug' : 'info';
    if (!options.log.isLevelEnabled(level)) return;
    options.log[level](
      {
        requestId: state.requestId,
        method: ctx.req.method,
        status: outcome?.httpStatus ?? statusOf(error),
        durationMs,
        keyAlias: state.hasCaller ? state.caller.keyAlias : undefined,
        team: state.hasCaller ? state.caller.teamId : undefined,
        model: state.route?.name,
        deployment: outcome?.deployment?.id,
        attempts: outcome?.attempts,
        isCacheHit: outcome?.isCacheHit,
        errorCode,
        costNanoUsd: state.costNanoUsd,
      },
      'request',
    );
  }
}

function codeOf(error: unknown): ErrorCode | undefined {
  if (error === undefined) return undefined;
  return error instanceof GatewayError ? error.code : 'internal';
}

function statusOf(error: unknown): number {
  return error instanceof GatewayError ? error.status : 500;
}
