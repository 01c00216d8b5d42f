import { k8s } from 'cdk8s-plus-30';
import { contentHash } from '../content-hash.ts';
import type { SecretReference } from '../kubernetes/gateway-secrets.ts';
import { labels, selectorLabels } from '../kubernetes/labels.ts';
import { GATEWAY, GATEWAY_PORT, GATEWAY_PORT_NAME, GATEWAY_PRIORITY, GATEWAY_SECRETS } from '../kubernetes/names.ts';
import { containerSecurityContext, podSecurityContext } from '../kubernetes/pod-security.ts';
import { probes } from '../kubernetes/probes.ts';
import { resourceRequirements } from '../kubernetes/quantities.ts';
import type { GatewayEngine } from './gateway-engines.ts';
import { fileMounts, fileVolumes } from './gateway-files.ts';

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
      // By this label Azure's webhook gives the pod a token to sign in to Entra with.
      labels: { ...labels(GATEWAY), 'azure.workload.identity/use': 'true' },
      ...(!engine.watchesFiles && { annotations: { 'checksum/config': contentHash(pod.configText) } }),
    },
    spec: {
      serviceAccountName: GATEWAY,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      priorityClassName: GATEWAY_PRIORITY,
      securityContext: podSecurityContext,
      terminationGracePeriodSeconds: GRACE_SECONDS,
      topologySpreadConstraints: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map(spreadOver),
      containers: [gatewayContainer(pod)],
      volumes: [
        ...fileVolumes,
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
      ...(engine.watchesFiles ? [] : secrets.map(copiedVariable)),
    ],
    ports: [{ name: GATEWAY_PORT_NAME, containerPort: GATEWAY_PORT, protocol: 'TCP' }],
    ...probes(engine.probes),
    lifecycle: { preStop: { sleep: { seconds: PRE_STOP_SECONDS } } },
    resources: resourceRequirements(engine.resources),
    securityContext: containerSecurityContext,
    volumeMounts: [...fileMounts, ...engine.writableFolders.map(({ name, path }) => ({ name, mountPath: path }))],
  };
}

/** The Secret is there as long as a pod has the secrets as files, which every pod of the gateway has. */
function copiedVariable({ variable }: SecretReference): k8s.EnvVar {
  return { name: variable, valueFrom: { secretKeyRef: { name: GATEWAY_SECRETS, key: variable } } };
}

/** Evenly where there is a choice, among pods of one version; a lost zone must not stop a rollout. */
function spreadOver(topologyKey: string): k8s.TopologySpreadConstraint {
  return {
    topologyKey,
    maxSkew: 1,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: selectorLabels(GATEWAY) },
    matchLabelKeys: ['pod-template-hash'],
  };
}
