import { k8s } from 'cdk8s-plus-30';
import { contentHash } from '../content-hash.ts';
import type { SecretReference } from '../kubernetes/gateway-secrets.ts';
import { labels, selectorLabels } from '../kubernetes/labels.ts';
import { GATEWAY, GATEWAY_CONFIG, GATEWAY_PORT, GATEWAY_PORT_NAME } from '../kubernetes/names.ts';
import { containerSecurityContext, podSecurityContext } from '../kubernetes/pod-security.ts';
import { probes } from '../kubernetes/probes.ts';
import { CONFIG_FOLDER, type GatewayEngine } from './gateway-engines.ts';

export interface GatewayPod {
  readonly engine: GatewayEngine;
  readonly image: string;
  /** The text of config.yaml. */
  readonly configText: string;
  readonly secrets: readonly SecretReference[];
}

// LiteLLM's longest request is 600 s; the rest is for the delay before the stop and for writing spend after it.
const GRACE_SECONDS = 620;
// Long enough for every ingress controller to learn that the pod is going.
const PRE_STOP_SECONDS = 5;

/** The pods of the gateway's Deployment. */
export function gatewayPodTemplate(pod: GatewayPod): k8s.PodTemplateSpec {
  const { engine } = pod;
  return {
    metadata: {
      labels: labels(GATEWAY),
      ...(!engine.swapsConfigWhileRunning && { annotations: { 'checksum/config': contentHash(pod.configText) } }),
    },
    spec: {
      serviceAccountName: GATEWAY,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: podSecurityContext,
      terminationGracePeriodSeconds: GRACE_SECONDS,
      topologySpreadConstraints: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map(spreadOver),
      containers: [gatewayContainer(pod)],
      volumes: [
        // A folder, never a single file: only a folder follows the ConfigMap when it changes.
        { name: 'config', configMap: { name: GATEWAY_CONFIG } },
        ...engine.writableFolders.map(({ name, sizeLimit }) => ({
          name,
          emptyDir: { sizeLimit: k8s.Quantity.fromString(sizeLimit) },
        })),
      ],
    },
  };
}

function gatewayContainer({ engine, image, secrets }: GatewayPod): k8s.Container {
  return {
    name: GATEWAY,
    image,
    imagePullPolicy: 'IfNotPresent',
    ...(engine.command && { command: [...engine.command] }),
    args: [...engine.args],
    env: [
      ...Object.entries(engine.variables).map(([name, value]) => ({ name, value })),
      ...secrets.map(({ variable, secretName, secretKey }) => ({
        name: variable,
        valueFrom: { secretKeyRef: { name: secretName, key: secretKey } },
      })),
    ],
    ports: [{ name: GATEWAY_PORT_NAME, containerPort: GATEWAY_PORT, protocol: 'TCP' }],
    ...probes(engine.probes),
    lifecycle: { preStop: { sleep: { seconds: PRE_STOP_SECONDS } } },
    resources: { requests: quantities(engine.resources.requests), limits: quantities(engine.resources.limits) },
    securityContext: containerSecurityContext,
    volumeMounts: [
      { name: 'config', mountPath: CONFIG_FOLDER, readOnly: true },
      ...engine.writableFolders.map(({ name, path }) => ({ name, mountPath: path })),
    ],
  };
}

/** Evenly where there is a choice; a lost zone must not stop a rollout. */
function spreadOver(topologyKey: string): k8s.TopologySpreadConstraint {
  return {
    topologyKey,
    maxSkew: 1,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: selectorLabels(GATEWAY) },
  };
}

function quantities(amounts: Readonly<Record<string, string>>): Record<string, k8s.Quantity> {
  return Object.fromEntries(Object.entries(amounts).map(([name, value]) => [name, k8s.Quantity.fromString(value)]));
}
