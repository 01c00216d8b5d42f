import type { k8s } from 'cdk8s-plus-30';
import type { EnvironmentSettings } from '../../environments/schema/environment-settings.ts';
import { selectorLabels } from '../kubernetes/labels.ts';
import { ARGOCD_NAMESPACE, NGINX_INGRESS_NAMESPACE } from '../kubernetes/names.ts';

// Who stands at the other end of a connection. Cilium never matches a pod or a node by its address, so pods are named
// by labels and ranges hold only what lies outside the cluster: both kinds of policy engine then read the same rules.

type Peers = readonly k8s.NetworkPolicyPeer[];

/** Pods of this name under the Gateway API carry the Gateway's name, and run in the Gateway's own namespace. */
export const GATEWAY_API_PODS: k8s.LabelSelector = {
  matchExpressions: [{ key: 'gateway.networking.k8s.io/gateway-name', operator: 'Exists' }],
};

/** Pods with which cert-manager proves that a host name is ours. */
export const ACME_SOLVER_PODS: k8s.LabelSelector = { matchLabels: { 'acme.cert-manager.io/http01-solver': 'true' } };

/** The pods of a component of ours, which all live in one namespace. */
export function component(name: string): Peers {
  return [{ podSelector: { matchLabels: selectorLabels(name) } }];
}

/** What takes requests from outside. */
export function ingressController({ ingress }: EnvironmentSettings): Peers {
  if (ingress.controller === 'gateway_api') return [{ podSelector: GATEWAY_API_PODS }];
  return [podsOf(NGINX_INGRESS_NAMESPACE, { 'app.kubernetes.io/name': 'nginx-ingress' })];
}

/** What scrapes metrics. The operator's Prometheus is somebody else's, wherever they keep it. */
export function prometheus({ monitoring }: EnvironmentSettings): Peers {
  if (monitoring === 'azure') return [podsOf('kube-system', { rsName: 'ama-metrics' })];
  return [{ namespaceSelector: {}, podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } } }];
}

/** CoreDNS, and the resolver on the node itself where AKS has installed its LocalDNS. */
export const CLUSTER_DNS: Peers = [
  podsOf('kube-system', { 'k8s-app': 'kube-dns' }),
  { ipBlock: { cidr: '169.254.10.0/24' } },
];

/** Argo CD's own pages, where they have a host name. */
export const ARGOCD_SERVER: Peers = [podsOf(ARGOCD_NAMESPACE, { 'app.kubernetes.io/name': 'argocd-server' })];

/** What gives the Gateway API's pods their routes. */
export const GATEWAY_API_CONTROL_PLANE: Peers = [podsOf('aks-istio-system', { app: 'istiod' })];

// Networks that are nobody's on the internet: this one, its neighbours, the cluster, and Azure's metadata of the node.
const PRIVATE_RANGES = ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'];

export const INTERNET: Peers = [{ ipBlock: { cidr: '0.0.0.0/0', except: PRIVATE_RANGES } }];

function podsOf(namespace: string, matchLabels: Readonly<Record<string, string>>): k8s.NetworkPolicyPeer {
  return {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    podSelector: { matchLabels },
  };
}
