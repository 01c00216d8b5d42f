import type { ServerResponse } from 'node:http';
import type { ModelDeployment, ModelRoute } from '../config/model-routes.ts';
import { addsUsageFrame, buildUpstreamBody } from '../request/build-upstream-body.ts';
import type { GatewayRequest } from '../request/gateway-request.ts';
import { StreamRelay } from '../streaming/stream-relay.ts';
import type { Connections } from '../upstreams/connections.ts';
import { attempt, type AttemptResult } from '../upstreams/exchange.ts';
import { chooseDeployment } from './choose-deployment.ts';
import { isRetryable, retryWaitMs } from './retry-policy.ts';
import { waitUnlessClosed } from './wait.ts';

/** The last attempt of a request and how many there were. */
export interface TriedDeployments {
  readonly result: AttemptResult;
  readonly deployment: ModelDeployment;
  readonly relay: StreamRelay;
  readonly attempts: number;
}

/** Told of every attempt as it ends. */
export type AttemptObserver = (deployment: string, result: AttemptResult, durationMs: number) => void;

export interface TryOptions {
  readonly connections: Connections;
  readonly route: ModelRoute;
  readonly request: GatewayRequest;
  readonly response: ServerResponse;
  /** Further attempts after the first. */
  readonly retries: number;
  readonly keepBytes: number;
  readonly streamHeaders: (deployment: ModelDeployment, attempts: number) => string[];
  readonly now: () => number;
  readonly random: () => number;
  readonly onAttempt: AttemptObserver;
}

/** Attempts deployments until one answers or retries are used up; each attempt is built from the original bytes. */
export async function tryDeployments(options: TryOptions): Promise<TriedDeployments> {
  const { route, request, response, retries } = options;
  const tried = new Set<ModelDeployment>();
  for (let attempts = 1; ; attempts += 1) {
    const deployment = chooseDeployment(route.deployments, tried, options.random);
    tried.add(deployment);
    const addsUsage = addsUsageFrame(request, deployment);
    const relay = new StreamRelay(response, {
      withholdsUsage: addsUsage,
      headers: request.isStream ? options.streamHeaders(deployment, attempts) : [],
      keepBytes: options.keepBytes,
      now: options.now,
    });
    const body = buildUpstreamBody(request, deployment, addsUsage);
    const { connections, now } = options;
    const startedAtMs = now();
    const result = await attempt({ connections, deployment, request, body, response, relay, now });
    options.onAttempt(deployment.id, result, now() - startedAtMs);

    const hasOther = tried.size < route.deployments.length;
    const mayRetry = attempts <= retries && !relay.hasBegun && isRetryable(result, hasOther);
    if (!mayRetry) return { result, deployment, relay, attempts };
    const hasLeft = await waitUnlessClosed(response, retryWaitMs(result, attempts, hasOther, options.random));
    if (hasLeft) return { result: { kind: 'abandoned' }, deployment, relay, attempts };
  }
}
