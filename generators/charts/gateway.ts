/* oxlint-disable eslint/no-new -- a construct adds itself to its chart */
import { Chart, type App } from 'cdk8s';
import { k8s } from 'cdk8s-plus-30';
import { labels, selectorLabels } from '../kubernetes/labels.ts';
import { GATEWAY, GATEWAY_CONFIG, GATEWAY_PORT, GATEWAY_PORT_NAME, NAMESPACE } from '../kubernetes/names.ts';
import { restrictedNamespaceLabels } from '../kubernetes/pod-security.ts';
import { gatewayPodTemplate, type GatewayPod } from './gateway-pod.ts';

export interface GatewayProps extends GatewayPod {
  readonly replicas: number;
}

/** The gateway: its namespace, its configuration and the pods that serve it. */
export function gatewayChart(app: App, props: GatewayProps): Chart {
  const chart = new Chart(app, GATEWAY);
  new k8s.KubeNamespace(chart, 'namespace', {
    metadata: { name: NAMESPACE, labels: { ...labels(GATEWAY), ...restrictedNamespaceLabels() } },
  });
  new k8s.KubeServiceAccount(chart, 'service-account', {
    metadata: metadata(GATEWAY),
    automountServiceAccountToken: false,
  });
  new k8s.KubeConfigMap(chart, 'config', {
    metadata: metadata(GATEWAY_CONFIG),
    data: { 'config.yaml': props.configText },
  });
  new k8s.KubeDeployment(chart, 'deployment', {
    metadata: metadata(GATEWAY),
    spec: {
      replicas: props.replicas,
      revisionHistoryLimit: 5,
      selector: { matchLabels: selectorLabels(GATEWAY) },
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxUnavailable: k8s.IntOrString.fromNumber(0), maxSurge: k8s.IntOrString.fromNumber(1) },
      },
      template: gatewayPodTemplate(props),
    },
  });
  new k8s.KubeService(chart, 'service', {
    metadata: metadata(GATEWAY),
    spec: {
      type: 'ClusterIP',
      selector: selectorLabels(GATEWAY),
      ports: [
        {
          name: GATEWAY_PORT_NAME,
          port: GATEWAY_PORT,
          targetPort: k8s.IntOrString.fromString(GATEWAY_PORT_NAME),
          protocol: 'TCP',
        },
      ],
    },
  });
  return chart;
}

function metadata(name: string): k8s.ObjectMeta {
  return { name, namespace: NAMESPACE, labels: labels(GATEWAY) };
}
