/* oxlint-disable eslint/no-new -- a construct adds itself to its chart */
import type { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-30';
import { labels } from '../kubernetes/labels.ts';
import type { RenderContext } from '../render-context.ts';
import { NGINX_STREAMING } from '../third-party/nginx-streaming.ts';
import { INGRESS_CLASS, MINION } from './ingress-class.ts';
import { certificateSecret, INGRESS, type IngressRoute } from './ingress-routes.ts';

const YEAR_SECONDS = 31_536_000;

/**
 * NGINX serves a host name from one Ingress, while cert-manager needs a second one for its proof. So each host name is
 * a master, which has the name and its certificate, and minions, which have the paths: ours, and now and then a proof's.
 */
export function addNginxIngresses(chart: Chart, context: RenderContext, routes: readonly IngressRoute[]): void {
  for (const route of routes) {
    addMaster(chart, context, route);
    addMinion(chart, route);
  }
}

function addMaster(chart: Chart, context: RenderContext, { hostName, namespace }: IngressRoute): void {
  const { issuer } = context.environment.settings.certificates;
  new k8s.KubeIngress(chart, hostName, {
    metadata: {
      name: hostName,
      namespace,
      labels: labels(INGRESS),
      annotations: {
        'nginx.org/mergeable-ingress-type': 'master',
        'cert-manager.io/cluster-issuer': issuer,
        // Without any certificate NGINX answers no TLS, and the proof is asked for behind a redirect to it.
        'cert-manager.io/issue-temporary-certificate': 'true',
        ...annotationsOf(NGINX_STREAMING),
        // Browsers remember it for a year, so not with certificates that they do not trust.
        ...(issuer === 'letsencrypt' && annotationsOf({ hsts: 'True', 'hsts-max-age': String(YEAR_SECONDS) })),
      },
    },
    spec: {
      ingressClassName: INGRESS_CLASS,
      tls: [{ hosts: [hostName], secretName: certificateSecret(hostName) }],
      rules: [{ host: hostName }],
    },
  });
}

function addMinion(chart: Chart, { hostName, namespace, serviceName, servicePort }: IngressRoute): void {
  const name = `${hostName}-paths`;
  const backend = { service: { name: serviceName, port: { number: servicePort } } };
  new k8s.KubeIngress(chart, name, {
    metadata: {
      name,
      namespace,
      labels: labels(INGRESS),
      annotations: {
        ...MINION,
        // A pod that cannot be reached is passed over once. What was sent is never sent again: a model call costs money.
        ...annotationsOf({ 'proxy-next-upstream': 'error timeout', 'proxy-next-upstream-tries': '2' }),
      },
    },
    spec: {
      ingressClassName: INGRESS_CLASS,
      rules: [{ host: hostName, http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }],
    },
  });
}

function annotationsOf(settings: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(settings).map(([key, value]) => [`nginx.org/${key}`, value]));
}
