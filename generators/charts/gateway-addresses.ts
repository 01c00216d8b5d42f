/* oxlint-disable eslint/no-new -- a construct adds itself to its chart */
import type { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-30';
import { labels, selectorLabels } from '../kubernetes/labels.ts';
import { GATEWAY, GATEWAY_PODS, GATEWAY_PORT, GATEWAY_PORT_NAME, NAMESPACE } from '../kubernetes/names.ts';

const PORT: k8s.ServicePort = {
  name: GATEWAY_PORT_NAME,
  port: GATEWAY_PORT,
  targetPort: k8s.IntOrString.fromString(GATEWAY_PORT_NAME),
  protocol: 'TCP',
};

/** One address for clients, and the addresses of all ready pods for who asks each of them. */
export function addServices(chart: Chart): void {
  new k8s.KubeService(chart, 'service', {
    metadata: metadata(GATEWAY),
    spec: { type: 'ClusterIP', selector: selectorLabels(GATEWAY), ports: [PORT] },
  });
  new k8s.KubeService(chart, 'pods', {
    metadata: metadata(GATEWAY_PODS),
    spec: {
      type: 'ClusterIP',
      clusterIp: 'None',
      publishNotReadyAddresses: false,
      selector: selectorLabels(GATEWAY),
      ports: [PORT],
    },
  });
}

function metadata(name: string): k8s.ObjectMeta {
  return { name, namespace: NAMESPACE, labels: labels(GATEWAY) };
}
