import { App } from 'cdk8s';
import type { Environment } from '../environments/schema/environment.ts';
import { ENGINES } from './charts/gateway-engines.ts';
import { gatewayChart } from './charts/gateway.ts';
import { gatewaySecrets } from './kubernetes/gateway-secrets.ts';
import { imageReference } from './kubernetes/image.ts';
import { yamlText } from './kubernetes/yaml-text.ts';
import type { RenderedConfig } from './resolve-gateway-config.ts';

/** Everything of one environment in Kubernetes: one chart for each component, named like its folder in dist/. */
export function buildApp(environment: Environment, config: RenderedConfig): App {
  const { settings } = environment;
  const engine = ENGINES[settings.engine];

  const app = new App();
  gatewayChart(app, {
    engine,
    image: gatewayImage(environment),
    configText: yamlText(config),
    secrets: gatewaySecrets(config),
    replicas: settings.gateway.replicas.min,
  });
  return app;
}

/** Throws where `unmetNeeds` finds something: a caller asks that first. */
function gatewayImage({ name, settings, release }: Environment): string {
  const pin = settings.engine === 'litellm' ? release.images.litellm : release.images.gateway;
  if (settings.registry === undefined || pin === undefined)
    throw new Error(`environment ${name} does not say where its image comes from`);
  return imageReference(settings.registry, ENGINES[settings.engine].repository, pin);
}
