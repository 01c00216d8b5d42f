/* oxlint-disable eslint/no-new -- a construct adds itself to its chart */
import { ApiObject, type Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-30';
import { azureNames } from '../../environments/schema/azure-names.ts';
import type { EnvironmentSettings } from '../../environments/schema/environment-settings.ts';
import { labels } from '../kubernetes/labels.ts';
import { GATEWAY, NAMESPACE } from '../kubernetes/names.ts';
import { PREREQUISITE_WAVE, syncWave } from '../kubernetes/sync-order.ts';
import type { GatewayEngine } from './gateway-engines.ts';

// Of the CPU that a pod requests. The rest carries the load until more pods are ready.
const CPU_PERCENT = 70;
// A pod that works on so many requests still answers as fast as an idle one; most of them wait for a model.
const REQUESTS_PER_POD = 100;
const POLL_SECONDS = 15;

const TARGET = { apiVersion: 'apps/v1', kind: 'Deployment', name: GATEWAY } as const;
const METADATA = { name: GATEWAY, namespace: NAMESPACE, labels: labels(GATEWAY) };

/** Up at once, since requests wait; down pod by pod, since each that goes needs ten minutes for its last streams. */
const BEHAVIOUR = {
  scaleUp: {
    stabilizationWindowSeconds: 0,
    selectPolicy: 'Max',
    policies: [
      { type: 'Percent', value: 100, periodSeconds: 30 },
      { type: 'Pods', value: 2, periodSeconds: 30 },
    ],
  },
  scaleDown: {
    stabilizationWindowSeconds: 600,
    selectPolicy: 'Min',
    policies: [{ type: 'Pods', value: 1, periodSeconds: 120 }],
  },
};

/** Whether pods are counted by requests in flight: where that is asked for and the engine serves the metric. */
export function scalesOnRequests({ gateway }: EnvironmentSettings, engine: GatewayEngine): boolean {
  return gateway.autoscaling === 'keda' && engine.requestsInFlight !== undefined;
}

/** What decides how many pods there are: KEDA on requests in flight, else an HPA on CPU. Never both. */
export function addAutoscaler(chart: Chart, settings: EnvironmentSettings, engine: GatewayEngine): void {
  if (!scalesOnRequests(settings, engine)) return addCpuAutoscaler(chart, settings);
  const needsSignIn = settings.monitoring === 'azure';
  if (needsSignIn) addSignIn(chart, settings);
  addScaledObject(chart, settings, `sum(${engine.requestsInFlight}{${ownSeries(settings)}})`, needsSignIn);
}

/** Others may keep their metrics in the same place. Only Azure's names the cluster. */
function ownSeries(settings: EnvironmentSettings): string {
  const inNamespace = `namespace="${NAMESPACE}"`;
  return settings.monitoring === 'azure' ? `cluster="${azureNames(settings).cluster}",${inNamespace}` : inNamespace;
}

function addCpuAutoscaler(chart: Chart, { gateway: { replicas } }: EnvironmentSettings): void {
  new k8s.KubeHorizontalPodAutoscalerV2(chart, 'autoscaler', {
    metadata: METADATA,
    spec: {
      scaleTargetRef: TARGET,
      minReplicas: replicas.min,
      maxReplicas: replicas.max,
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: CPU_PERCENT } },
        },
      ],
      behavior: BEHAVIOUR,
    },
  });
}

function addScaledObject(chart: Chart, settings: EnvironmentSettings, query: string, needsSignIn: boolean): void {
  const { replicas, prometheus_url } = settings.gateway;
  new ApiObject(chart, 'autoscaler', {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    // KEDA refuses a workload that an HPA scales already; with it KEDA takes over the one of the same name.
    metadata: { ...METADATA, annotations: { 'scaledobject.keda.sh/transfer-hpa-ownership': 'true' } },
    spec: {
      scaleTargetRef: TARGET,
      minReplicaCount: replicas.min,
      maxReplicaCount: replicas.max,
      pollingInterval: POLL_SECONDS,
      advanced: { horizontalPodAutoscalerConfig: { name: GATEWAY, behavior: BEHAVIOUR } },
      triggers: [
        {
          type: 'prometheus',
          metricType: 'AverageValue',
          metadata: {
            serverAddress: prometheus_url,
            query,
            threshold: String(REQUESTS_PER_POD),
            // No answer is no idle gateway: without one the number of pods stays as it is.
            ignoreNullValues: 'false',
          },
          ...(needsSignIn && { authenticationRef: { name: GATEWAY } }),
        },
      ],
    },
  });
}

/** Managed Prometheus answers only who may read it: KEDA's operator signs in as the gateway, which has to trust it. */
function addSignIn(chart: Chart, { identities }: EnvironmentSettings): void {
  new ApiObject(chart, 'autoscaler-sign-in', {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'TriggerAuthentication',
    metadata: { ...METADATA, annotations: syncWave(PREREQUISITE_WAVE) },
    spec: {
      podIdentity: { provider: 'azure-workload', identityId: identities.gateway },
    },
  });
}
