/* oxlint-disable eslint/no-new -- a construct adds itself to its chart */
import { Chart, type App } from 'cdk8s';
import { k8s } from 'cdk8s-plus-30';
import { labels } from '../kubernetes/labels.ts';
import { ARGOCD_NAMESPACE, CERT_MANAGER_NAMESPACE, NAMESPACE, NGINX_INGRESS_NAMESPACE } from '../kubernetes/names.ts';
import { restrictedNamespaceLabels } from '../kubernetes/pod-security.ts';
import type { RenderContext } from '../render-context.ts';

const COMPONENT = 'namespaces';

/** Every namespace, before anything that lives in one. Argo CD never deletes them, whatever is removed from Git. */
export function namespacesChart(app: App, { environment: { settings } }: RenderContext): Chart {
  const chart = new Chart(app, COMPONENT);
  const names = [
    NAMESPACE,
    ARGOCD_NAMESPACE,
    CERT_MANAGER_NAMESPACE,
    ...(settings.ingress.controller === 'nginx' ? [NGINX_INGRESS_NAMESPACE] : []),
  ];
  for (const name of names)
    new k8s.KubeNamespace(chart, name, {
      metadata: {
        name,
        labels: { ...labels(COMPONENT), ...restrictedNamespaceLabels() },
        annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' },
      },
    });
  return chart;
}
