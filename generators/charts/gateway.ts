/* oxlint-disable eslint/no-new -- a construct adds itself to its chart */
import { Chart, type App } from 'cdk8s';
import { k8s } from 'cdk8s-plus-30';
import { labels, selectorLabels } from '../kubernetes/labels.ts';
import { gatewaySecrets } from '../kubernetes/gateway-secrets.ts';
import { imageReference } from '../kubernetes/image.ts';
import { GATEWAY, GATEWAY_CONFIG, GATEWAY_PORT, GATEWAY_PORT_NAME, NAMESPACE } from '../kubernetes/names.ts';
import { yamlText } from '../kubernetes/yaml-text.ts';
import type { RenderContext } from '../render-context.ts';
import { ENGINES } from './gateway-engines.ts';
import { gatewayPodTemplate } from './gateway-pod.ts';

/** The gateway: its configuration and the pods that serve it. */
export function gatewayChart(app: App, context: RenderContext): Chart {
  const { environment, config } = context;
  const props = {
    engine: ENGINES[environment.settings.engine],
    image: gatewayImage(context),
    configText: yamlText(config),
    secrets: gatewaySecrets(config),
    replicas: environment.settings.gateway.replicas.min,
  };
  const chart = new Chart(app, GATEWAY);
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

/** Throws where a pin is missing: the check asks for it first. */
function gatewayImage({ environment: { name, settings, release }, registry }: RenderContext): string {
  const pin = settings.engine === 'litellm' ? release.images.litellm : release.images.gateway;
  if (pin === undefined) throw new Error(`environment ${name} does not pin the image of its engine`);
  return imageReference(registry, ENGINES[settings.engine].repository, pin);
}
