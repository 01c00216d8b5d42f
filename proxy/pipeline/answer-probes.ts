import type { IncomingMessage, ServerResponse } from 'node:http';
import { writeJson } from '../endpoints/write-json.ts';
import { GatewayError } from '../errors.ts';
import { DONE, type Stage } from '../request-state.ts';
import type { GatewayMetrics } from '../telemetry/metrics.ts';

/** What the probes ask about. */
export interface GatewayHealth {
  /** The gateway is about to stop. */
  readonly isDraining: boolean;
  readonly database: 'connected' | 'unavailable' | 'none';
  readonly cache: 'local' | 'redis' | null;
  readonly version: string;
}

/** Liveliness, readiness and revision are public, as in LiteLLM. Metrics are for whoever scrapes the pods. */
export function answerProbes(options: { health: () => GatewayHealth; metrics: GatewayMetrics }): Stage {
  return function answerProbes(ctx, next) {
    const { req, res, state } = ctx;
    switch (state.endpoint?.kind) {
      case 'liveliness':
        writeJson(res, 200, "I'm alive!");
        return DONE;
      case 'readiness':
        writeJson(res, ...readiness(options.health()));
        return DONE;
      case 'revision':
        writeJson(res, 200, { revision: state.snapshot.revision });
        return DONE;
      case 'metrics':
        refuseProxied(req);
        return writeMetrics(res, options.metrics);
      default:
        return next();
    }
  };
}

/**
 * Metrics name teams, keys and money. Every ingress adds X-Forwarded-For, and no client behind it can take that away.
 * @throws GatewayError route_unknown
 */
function refuseProxied({ headers }: IncomingMessage): void {
  if (headers['x-forwarded-for'] !== undefined) throw new GatewayError('route_unknown', { path: '/metrics' });
}

async function writeMetrics(response: ServerResponse, { registry }: GatewayMetrics): Promise<void> {
  const text = await registry.metrics();
  response.writeHead(200, { 'content-type': registry.contentType });
  response.end(text);
}

const DATABASE_WORDS = { connected: 'connected', unavailable: 'Not connected', none: 'Not connected' } as const;

/** A database that is away leaves the gateway ready: known keys are served and their spend waits in the journal. */
function readiness(health: GatewayHealth): [status: number, body: unknown] {
  if (health.isDraining) return [503, { detail: 'Service Unhealthy (draining)' }];
  const status = health.database === 'unavailable' ? 'degraded' : 'healthy';
  const { cache, version } = health;
  return [200, { status, db: DATABASE_WORDS[health.database], cache, litellm_version: version }];
}
