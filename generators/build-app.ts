import { App } from 'cdk8s';
import { argocdChart } from './charts/argocd.ts';
import { COMPONENTS } from './components.ts';
import type { RenderContext } from './render-context.ts';
import { THIRD_PARTY_CHARTS } from './third-party/third-party-charts.ts';

/** Everything of one environment in Kubernetes: one chart for each component, named like its folder in dist/. */
export function buildApp(context: RenderContext): App {
  const app = new App();
  for (const component of COMPONENTS) component.render(app, context);
  argocdChart(app, context, { components: COMPONENTS, charts: THIRD_PARTY_CHARTS });
  return app;
}
