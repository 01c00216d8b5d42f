import { k8s } from 'cdk8s-plus-30';
import { GATEWAY_PORT_NAME } from './names.ts';

export interface ProbeTiming {
  /** How long the first start may take, polled every 2 s. */
  readonly startupSeconds: number;
  /** Fixed delay before the first readiness probe. */
  readonly readinessDelaySeconds?: number;
}

const STARTUP_PERIOD_SECONDS = 2;

/**
 * A container's three probes. Liveness never looks at the database: a restart cannot bring one back, and would throw
 * away the requests in flight.
 */
export function probes({ startupSeconds, readinessDelaySeconds }: ProbeTiming) {
  return {
    startupProbe: {
      httpGet: httpGet('/health/liveliness'),
      periodSeconds: STARTUP_PERIOD_SECONDS,
      timeoutSeconds: 2,
      failureThreshold: Math.ceil(startupSeconds / STARTUP_PERIOD_SECONDS),
    },
    livenessProbe: {
      httpGet: httpGet('/health/liveliness'),
      periodSeconds: 10,
      timeoutSeconds: 5,
      failureThreshold: 3,
    },
    readinessProbe: {
      httpGet: httpGet('/health/readiness'),
      ...(readinessDelaySeconds !== undefined && { initialDelaySeconds: readinessDelaySeconds }),
      periodSeconds: 5,
      timeoutSeconds: 5,
      failureThreshold: 2,
    },
  } satisfies Record<string, k8s.Probe>;
}

function httpGet(path: string): k8s.HttpGetAction {
  return { path, port: k8s.IntOrString.fromString(GATEWAY_PORT_NAME) };
}
