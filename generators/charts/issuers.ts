/* oxlint-disable eslint/no-new -- a construct adds itself to its chart */
import { ApiObject, Chart, type App } from 'cdk8s';
import { labels } from '../kubernetes/labels.ts';
import type { RenderContext } from '../render-context.ts';
import { acmeSolver } from './issuers-solver.ts';

const ISSUERS = 'issuers';

/** Let's Encrypt, for trials without its limits and for certificates that clients trust. */
const SERVERS = {
  'letsencrypt-staging': 'https://acme-staging-v02.api.letsencrypt.org/directory',
  letsencrypt: 'https://acme-v02.api.letsencrypt.org/directory',
};

/** Both issuers, so that moving from one to the other is one word in environment.yaml. */
export function issuersChart(app: App, context: RenderContext): Chart {
  const chart = new Chart(app, ISSUERS);
  const solver = acmeSolver(context);
  if (solver === undefined) return chart;
  const { email } = context.environment.settings.certificates;
  for (const [name, server] of Object.entries(SERVERS))
    new ApiObject(chart, name, {
      apiVersion: 'cert-manager.io/v1',
      kind: 'ClusterIssuer',
      metadata: { name, labels: labels(ISSUERS) },
      spec: {
        acme: {
          server,
          ...(email !== undefined && { email }),
          privateKeySecretRef: { name: `${name}-account-key` },
          solvers: [solver],
        },
      },
    });
  return chart;
}
