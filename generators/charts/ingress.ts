import { Chart, type App } from 'cdk8s';
import type { EnvironmentSettings } from '../../environments/schema/environment-settings.ts';
import type { RenderContext } from '../render-context.ts';
import { addGatewayApi } from './ingress-gateway-api.ts';
import { addNginxIngresses } from './ingress-nginx.ts';
import { INGRESS, ingressRoutes, type IngressRoute } from './ingress-routes.ts';

/** Adds what leads every route to its Service, with a certificate for each host name. */
export type IngressImplementation = (chart: Chart, context: RenderContext, routes: readonly IngressRoute[]) => void;

const IMPLEMENTATIONS: Readonly<Record<EnvironmentSettings['ingress']['controller'], IngressImplementation>> = {
  nginx: addNginxIngresses,
  gateway_api: addGatewayApi,
};

/** How requests from outside reach the gateway. Empty where nothing has a host name. */
export function ingressChart(app: App, context: RenderContext): Chart {
  const chart = new Chart(app, INGRESS);
  const routes = ingressRoutes(context);
  if (routes.length > 0) IMPLEMENTATIONS[context.environment.settings.ingress.controller](chart, context, routes);
  return chart;
}
