import type { EnvironmentSettings } from '../../environments/schema/environment-settings.ts';
import { selectorLabels } from '../kubernetes/labels.ts';
import {
  CERT_MANAGER_NAMESPACE,
  GATEWAY,
  GATEWAY_PORT_NAME,
  NAMESPACE,
  NGINX_INGRESS_NAMESPACE,
} from '../kubernetes/names.ts';

/** Pods that are asked for their metrics. */
export interface ScrapeTarget {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The name of a port of the container. */
  readonly port: string;
  /** A pod that shows more series than this is not read at all, so that nothing can drown what stores them. */
  readonly mostSamples: number;
  /** Labels of a series win over those of its pod: the certificate's namespace, not cert-manager's. */
  readonly keepsOwnLabels?: boolean;
}

/** The gateway: some hundred series, and a handful for each key and model that it has seen. */
const GATEWAY_PODS: ScrapeTarget = {
  name: GATEWAY,
  namespace: NAMESPACE,
  labels: selectorLabels(GATEWAY),
  port: GATEWAY_PORT_NAME,
  mostSamples: 50_000,
};

/** By the labels and the port's name in cert-manager's chart. */
const CERT_MANAGER: ScrapeTarget = {
  name: 'cert-manager',
  namespace: CERT_MANAGER_NAMESPACE,
  labels: { 'app.kubernetes.io/name': 'cert-manager', 'app.kubernetes.io/component': 'controller' },
  port: 'http-metrics',
  mostSamples: 5_000,
  keepsOwnLabels: true,
};

/** By the labels and the port's name in the chart of F5's NGINX Ingress Controller. */
const NGINX_INGRESS: ScrapeTarget = {
  name: 'nginx-ingress',
  namespace: NGINX_INGRESS_NAMESPACE,
  labels: { 'app.kubernetes.io/name': 'nginx-ingress' },
  port: 'prometheus',
  mostSamples: 5_000,
};

/** Whom Prometheus asks. The stock LiteLLM image has /metrics only with a callback that is not switched on. */
export function scrapeTargets({ engine, ingress }: EnvironmentSettings): ScrapeTarget[] {
  return [
    ...(engine === 'tollgate' ? [GATEWAY_PODS] : []),
    CERT_MANAGER,
    ...(ingress.controller === 'nginx' ? [NGINX_INGRESS] : []),
  ];
}
