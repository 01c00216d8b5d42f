import { Chart, type App } from 'cdk8s';
import { gatewaySecrets } from '../kubernetes/gateway-secrets.ts';
import { imageReference } from '../kubernetes/image.ts';
import { GATEWAY } from '../kubernetes/names.ts';
import { yamlText } from '../kubernetes/yaml-text.ts';
import type { RenderContext } from '../render-context.ts';
import { addAutoscaler } from './gateway-autoscaler.ts';
import { addAvailability } from './gateway-availability.ts';
import { addDeployment } from './gateway-deployment.ts';
import { ENGINES } from './gateway-engines.ts';
import { addJobs } from './gateway-jobs.ts';
import type { GatewayPod } from './gateway-pod.ts';
import { addPrerequisites } from './gateway-prerequisites.ts';
import { addServices } from './gateway-addresses.ts';

/** The gateway: its configuration, the pods that serve it, and all that keeps them serving. */
export function gatewayChart(app: App, context: RenderContext): Chart {
  const { environment, config } = context;
  const pod: GatewayPod = {
    engine: ENGINES[environment.settings.engine],
    image: gatewayImage(context),
    configText: yamlText(config),
    secrets: gatewaySecrets(config),
  };
  const chart = new Chart(app, GATEWAY);
  addPrerequisites(chart, context, pod);
  addAvailability(chart);
  addDeployment(chart, pod);
  addServices(chart);
  addAutoscaler(chart, environment.settings, pod.engine);
  if (pod.engine.jobs && config.revision !== undefined) addJobs(chart, pod.engine.jobs, pod.image, config.revision);
  return chart;
}

/** Throws where a pin is missing: the check asks for it first. */
function gatewayImage({ environment: { name, settings, release }, registry }: RenderContext): string {
  const pin = settings.engine === 'litellm' ? release.images.litellm : release.images.gateway;
  if (pin === undefined) throw new Error(`environment ${name} does not pin the image of its engine`);
  return imageReference(registry, ENGINES[settings.engine].repository, pin);
}
