/* oxlint-disable eslint/no-new -- a construct adds itself to its chart */
import { ApiObject, type Chart } from 'cdk8s';
import { SUBNET_NAMES } from '../../environments/schema/azure-names.ts';
import { ingressAddressOf } from '../../environments/schema/subnets.ts';
import { labels } from '../kubernetes/labels.ts';
import { NAMESPACE } from '../kubernetes/names.ts';
import type { RenderContext } from '../render-context.ts';
import { certificateSecret, INGRESS, type IngressRoute } from './ingress-routes.ts';

const API_VERSION = 'gateway.networking.k8s.io/v1';
// AKS's application routing: a small Istio control plane, and an Envoy of its own for each Gateway.
const GATEWAY_CLASS = 'approuting-istio';
const LOAD_BALANCER = 'service.beta.kubernetes.io/azure-';

/** The Gateway, and its listener of plain HTTP: cert-manager's proofs hang there too. */
export const GATEWAY_API_GATEWAY = 'gateway';
export const HTTP_LISTENER = 'http';

/** The same as Gateway API: one Gateway, a route for each host name, and a redirect of plain HTTP. */
export function addGatewayApi(chart: Chart, context: RenderContext, routes: readonly IngressRoute[]): void {
  add(chart, 'Gateway', GATEWAY_API_GATEWAY, NAMESPACE, gatewaySpec(context, routes), {
    'cert-manager.io/cluster-issuer': context.environment.settings.certificates.issuer,
  });
  for (const route of routes) add(chart, 'HTTPRoute', route.hostName, route.namespace, routeSpec(route));
  add(chart, 'HTTPRoute', 'redirect-to-https', NAMESPACE, {
    parentRefs: [parentRef(HTTP_LISTENER)],
    hostnames: routes.map(({ hostName }) => hostName),
    rules: [{ filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }] }],
  });
}

function gatewaySpec(context: RenderContext, routes: readonly IngressRoute[]) {
  return {
    gatewayClassName: GATEWAY_CLASS,
    infrastructure: { annotations: addressAnnotations(context) },
    listeners: [
      {
        name: HTTP_LISTENER,
        protocol: 'HTTP',
        port: 80,
        allowedRoutes: { namespaces: { from: 'Same' } },
      },
      ...routes.map(({ hostName, namespace }) => ({
        name: hostName,
        protocol: 'HTTPS',
        port: 443,
        hostname: hostName,
        tls: { mode: 'Terminate', certificateRefs: [{ kind: 'Secret', name: certificateSecret(hostName) }] },
        allowedRoutes: {
          namespaces: {
            from: 'Selector',
            selector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
          },
        },
      })),
    ],
  };
}

function routeSpec({ hostName, serviceName, servicePort }: IngressRoute) {
  return {
    parentRefs: [parentRef(hostName)],
    hostnames: [hostName],
    rules: [
      {
        matches: [{ path: { type: 'PathPrefix', value: '/' } }],
        backendRefs: [{ name: serviceName, port: servicePort }],
        // A stream lasts as long as its answer, and the gateway itself ends one that falls silent.
        timeouts: { request: '0s' },
      },
    ],
  };
}

function parentRef(sectionName: string) {
  return { name: GATEWAY_API_GATEWAY, namespace: NAMESPACE, sectionName };
}

/** AKS hands on a few annotations alone to the load balancer that it makes for the Gateway: these say its address. */
function addressAnnotations({ azure, environment: { settings } }: RenderContext): Record<string, string> {
  if (settings.ingress.exposure === 'internal')
    return {
      [`${LOAD_BALANCER}load-balancer-internal`]: 'true',
      [`${LOAD_BALANCER}load-balancer-internal-subnet`]: SUBNET_NAMES.ingress,
      [`${LOAD_BALANCER}load-balancer-ipv4`]: ingressAddressOf(settings),
    };
  return {
    [`${LOAD_BALANCER}load-balancer-resource-group`]: azure.resourceGroup,
    [`${LOAD_BALANCER}pip-name`]: azure.ingressPublicIp,
  };
}

function add(chart: Chart, kind: string, name: string, namespace: string, spec: object, annotations = {}): void {
  new ApiObject(chart, `${kind}-${name}`, {
    apiVersion: API_VERSION,
    kind,
    metadata: { name, namespace, labels: labels(INGRESS), annotations },
    spec,
  });
}
