import { ARGOCD_NAMESPACE, GATEWAY, GATEWAY_PORT, NAMESPACE } from '../kubernetes/names.ts';
import type { RenderContext } from '../render-context.ts';

/** The component, and the label of its objects. */
export const INGRESS = 'ingress';

/** One host name, and the Service that answers it, whatever carries the requests there. */
export interface IngressRoute {
  readonly hostName: string;
  readonly namespace: string;
  readonly serviceName: string;
  readonly servicePort: number;
}

// As argo-cd's chart names it; TLS ends before it.
const ARGOCD_SERVER = { serviceName: 'argocd-server', servicePort: 80 };

/** Every host name of an environment. An empty list is an environment that is called inside its cluster alone. */
export function ingressRoutes({ environment: { settings } }: RenderContext): IngressRoute[] {
  const ofGateway = settings.host_names.map((hostName) => ({
    hostName,
    namespace: NAMESPACE,
    serviceName: GATEWAY,
    servicePort: GATEWAY_PORT,
  }));
  const { host_name: ofArgoCd } = settings.argocd;
  if (ofArgoCd === undefined) return ofGateway;
  return [...ofGateway, { hostName: ofArgoCd, namespace: ARGOCD_NAMESPACE, ...ARGOCD_SERVER }];
}

/** The Secret that a host name's certificate lies in. */
export function certificateSecret(hostName: string): string {
  return `${hostName}-tls`;
}
