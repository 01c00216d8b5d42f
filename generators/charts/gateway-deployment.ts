/* oxlint-disable eslint/no-new -- a construct adds itself to its chart */
import type { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-30';
import { labels, selectorLabels } from '../kubernetes/labels.ts';
import { GATEWAY, NAMESPACE } from '../kubernetes/names.ts';
import { gatewayPodTemplate, type GatewayPod } from './gateway-pod.ts';

/** The gateway's pods. How many is left to the autoscaler: a number here would undo its work at every sync. */
export function addDeployment(chart: Chart, pod: GatewayPod): void {
  new k8s.KubeDeployment(chart, 'deployment', {
    metadata: { name: GATEWAY, namespace: NAMESPACE, labels: labels(GATEWAY) },
    spec: {
      revisionHistoryLimit: 5,
      selector: { matchLabels: selectorLabels(GATEWAY) },
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxUnavailable: k8s.IntOrString.fromNumber(0), maxSurge: k8s.IntOrString.fromNumber(1) },
      },
      template: gatewayPodTemplate(pod),
    },
  });
}
