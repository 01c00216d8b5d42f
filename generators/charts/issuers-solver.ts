import { NAMESPACE } from '../kubernetes/names.ts';
import { podSecurityContext } from '../kubernetes/pod-security.ts';
import type { RenderContext } from '../render-context.ts';
import { containerResources } from '../third-party/container-resources.ts';
import { INGRESS_CLASS, MINION } from './ingress-class.ts';
import { GATEWAY_API_GATEWAY, HTTP_LISTENER } from './ingress-gateway-api.ts';

/**
 * How cert-manager proves whose a host name is. Let's Encrypt calls a public one; of an internal one it reads the zone,
 * so there is none where an internal environment names no zone, and then no host name either.
 */
export function acmeSolver(context: RenderContext): object | undefined {
  const { exposure, controller } = context.environment.settings.ingress;
  if (exposure === 'internal') return zoneSolver(context);
  return { http01: controller === 'nginx' ? nginxSolver() : gatewayApiSolver() };
}

/** Its pods live beside the gateway, and must be as hardened. cert-manager itself hardens their container. */
const POD_TEMPLATE = {
  spec: {
    securityContext: podSecurityContext,
    resources: containerResources({ cpu: '10m', memory: '64Mi', cpuLimit: '100m' }),
  },
};

function nginxSolver() {
  return {
    ingress: {
      ingressClassName: INGRESS_CLASS,
      // No port on the nodes.
      serviceType: 'ClusterIP',
      // The host name has its master already.
      ingressTemplate: { metadata: { annotations: MINION } },
      podTemplate: POD_TEMPLATE,
    },
  };
}

function gatewayApiSolver() {
  const gateway = { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: GATEWAY_API_GATEWAY };
  return {
    gatewayHTTPRoute: {
      parentRefs: [{ ...gateway, namespace: NAMESPACE, sectionName: HTTP_LISTENER }],
      serviceType: 'ClusterIP',
      podTemplate: POD_TEMPLATE,
    },
  };
}

function zoneSolver({ azure, environment: { settings } }: RenderContext) {
  if (settings.dns === undefined) return undefined;
  return {
    dns01: {
      azureDNS: {
        environment: 'AzurePublicCloud',
        subscriptionID: settings.subscription_id,
        resourceGroupName: settings.dns.resource_group ?? azure.resourceGroup,
        hostedZoneName: settings.dns.zone,
        // The workload identity of cert-manager's own pod.
        managedIdentity: { clientID: settings.identities.cert_manager },
      },
    },
  };
}
