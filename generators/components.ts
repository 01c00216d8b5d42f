import type { App } from 'cdk8s';
import { corednsChart } from './charts/coredns.ts';
import { gatewayChart } from './charts/gateway.ts';
import { ingressChart } from './charts/ingress.ts';
import { issuersChart } from './charts/issuers.ts';
import { monitoringChart } from './charts/monitoring.ts';
import { namespacesChart } from './charts/namespaces.ts';
import { networkPolicyChart } from './charts/network-policy.ts';
import type { RenderContext } from './render-context.ts';

/** One chart, which is one folder below dist/<env>/ and one Application of Argo CD. */
export interface Component {
  /** The name of all three. */
  readonly name: string;
  /** When Argo CD syncs it: after every component of a lower wave is healthy. Left out where Argo CD never reads it. */
  readonly wave?: number;
  readonly render: (app: App, context: RenderContext) => void;
}

/** What an environment consists of in Kubernetes, in the order in which it comes up. */
export const COMPONENTS: readonly Component[] = [
  { name: 'coredns', render: corednsChart },
  { name: 'namespaces', wave: -5, render: namespacesChart },
  { name: 'network-policy', wave: -3, render: networkPolicyChart },
  { name: 'issuers', wave: -3, render: issuersChart },
  { name: 'gateway', wave: 0, render: gatewayChart },
  { name: 'ingress', wave: 1, render: ingressChart },
  { name: 'monitoring', wave: 2, render: monitoringChart },
];
