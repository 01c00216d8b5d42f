import { SUBNET_NAMES } from '../../environments/schema/azure-names.ts';
import { ingressAddressOf } from '../../environments/schema/subnets.ts';
import { ARGOCD_NAMESPACE, GATEWAY_PORT, NAMESPACE, NGINX_INGRESS_NAMESPACE } from '../kubernetes/names.ts';
import type { RenderContext } from '../render-context.ts';
import { containerResources } from './container-resources.ts';
import { NGINX_STREAMING, STREAM_SECONDS } from './nginx-streaming.ts';
import type { ChartSetting, ThirdPartyChart } from './third-party-chart.ts';
import { imageSettings } from './third-party-image.ts';
import { unverified } from './unverified.ts';

const NAME = 'nginx-ingress';
const POD_LABELS = { 'app.kubernetes.io/name': NAME, 'app.kubernetes.io/instance': NAME };
// The user `nginx` of the image.
const USER_ID = 101;
const DRAIN_SECONDS = 15;
const ACME_SOLVER_PORT = 8089;

/** F5's NGINX Ingress Controller. Snippets, statuses, metrics and the caller's address are as we want them by default. */
export const nginxIngressChart: ThirdPartyChart = {
  name: NAME,
  chart: 'nginx_ingress',
  namespace: NGINX_INGRESS_NAMESPACE,
  wave: -4,
  isUsed: ({ environment: { settings } }) => settings.ingress.controller === 'nginx',
  settings: (context) =>
    unverified([
      ...imageSettings(context, 'controller.image', 'nginx_ingress'),
      ...scopeSettings(context),
      ...podSettings(),
      ...availabilitySettings(),
      ...networkSettings(context),
    ]),
  skipsCrds: true,
  // nginx-ingress 2.6.4, charts/nginx-ingress/templates of github.com/nginx/kubernetes-ingress.
  kinds: [
    { group: '', kind: 'ConfigMap', isNamespaced: true },
    { group: '', kind: 'Service', isNamespaced: true },
    { group: '', kind: 'ServiceAccount', isNamespaced: true },
    { group: 'apps', kind: 'Deployment', isNamespaced: true },
    { group: 'coordination.k8s.io', kind: 'Lease', isNamespaced: true },
    { group: 'networking.k8s.io', kind: 'IngressClass', isNamespaced: false },
    { group: 'networking.k8s.io', kind: 'NetworkPolicy', isNamespaced: true },
    { group: 'policy', kind: 'PodDisruptionBudget', isNamespaced: true },
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole', isNamespaced: false },
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleBinding', isNamespaced: false },
    { group: 'rbac.authorization.k8s.io', kind: 'Role', isNamespaced: true },
    { group: 'rbac.authorization.k8s.io', kind: 'RoleBinding', isNamespaced: true },
  ],
};

/** The namespaces whose Ingresses and certificates it reads, and no others. */
function watchedNamespaces({ environment: { settings } }: RenderContext): string[] {
  return settings.argocd.host_name === undefined ? [NAMESPACE] : [NAMESPACE, ARGOCD_NAMESPACE];
}

function scopeSettings(context: RenderContext): ChartSetting[] {
  return [
    { path: 'controller.enableCustomResources', value: false, why: 'plain Ingresses alone, so no kinds of its own' },
    {
      path: 'controller.watchNamespace',
      value: watchedNamespaces(context).join(','),
      why: 'it reads Secrets wherever it watches',
    },
    { path: 'controller.telemetryReporting.enable', value: false, why: 'nothing is sent to its maker' },
    { path: 'controller.logFormat', value: 'json', why: 'logs are read by machines' },
    {
      path: 'controller.config.entries',
      value: {
        ...NGINX_STREAMING,
        'server-tokens': 'False',
        'ssl-protocols': 'TLSv1.2 TLSv1.3',
        'worker-shutdown-timeout': `${STREAM_SECONDS}s`,
      },
      why: 'streams pass byte by byte, no version is told, and old workers end once their streams have',
    },
  ];
}

function podSettings(): ChartSetting[] {
  return [
    {
      path: 'controller.readOnlyRootFilesystem',
      value: true,
      why: 'with the hardened container that the chart has by default, as Pod Security restricted asks',
    },
    {
      path: 'controller.podSecurityContext',
      value: {
        fsGroup: USER_ID,
        seccompProfile: { type: 'RuntimeDefault' },
        sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }],
      },
      why: 'ports 80 and 443 without a privilege; a safe sysctl of the pod alone',
    },
    {
      path: 'controller.resources',
      value: containerResources({ cpu: '250m', memory: '256Mi', cpuLimit: '2', memoryLimit: '1Gi' }),
      why: 'each open stream costs two connections and their buffers',
    },
    {
      path: 'controller.initContainerResources',
      value: containerResources({ cpu: '10m', memory: '32Mi' }),
      why: 'it copies a folder once',
    },
  ];
}

function availabilitySettings(): ChartSetting[] {
  return [
    { path: 'controller.replicaCount', value: 2, why: 'one may go at any time' },
    {
      path: 'controller.podDisruptionBudget',
      value: { enabled: true, minAvailable: 1 },
      why: 'a drained node never takes the last one',
    },
    {
      path: 'controller.topologySpreadConstraints',
      value: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topologyKey) => ({
        maxSkew: 1,
        topologyKey,
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: POD_LABELS },
      })),
      why: 'the load balancer asks only nodes that have a pod',
    },
    {
      path: 'controller.lifecycle',
      value: { preStop: { sleep: { seconds: DRAIN_SECONDS } } },
      why: 'the load balancer stops sending before NGINX stops taking',
    },
    {
      path: 'controller.terminationGracePeriodSeconds',
      value: STREAM_SECONDS + 2 * DRAIN_SECONDS,
      why: 'longer than the longest stream',
    },
  ];
}

function networkSettings(context: RenderContext): ChartSetting[] {
  return [
    {
      path: 'controller.service.annotations',
      value: loadBalancerAnnotations(context),
      why: 'an address that outlives the cluster, and streams that may be silent for half an hour',
    },
    { path: 'controller.networkPolicy.enabled', value: true, why: 'only what is listed below' },
    {
      path: 'controller.networkPolicy.ingress',
      value: [{ ports: tcp('http', 'https', 'prometheus') }],
      why: 'clients, and whoever scrapes metrics',
    },
    {
      path: 'controller.networkPolicy.egress',
      value: [
        { ports: [...tcp(53), { protocol: 'UDP', port: 53 }] },
        { ports: tcp(443) },
        ...watchedNamespaces(context).map((namespace) => ({
          to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } }],
          ports: tcp(namespace === ARGOCD_NAMESPACE ? 8080 : GATEWAY_PORT, ACME_SOLVER_PORT),
        })),
      ],
      why: 'names, the API server, what it serves, and the pods that prove whose a host name is',
    },
  ];
}

function loadBalancerAnnotations({ azure, environment: { settings } }: RenderContext): Record<string, string> {
  const place: Record<string, string> =
    settings.ingress.exposure === 'internal'
      ? {
          'azure-load-balancer-internal': 'true',
          'azure-load-balancer-internal-subnet': SUBNET_NAMES.ingress,
          'azure-load-balancer-ipv4': ingressAddressOf(settings),
        }
      : { 'azure-load-balancer-resource-group': azure.resourceGroup, 'azure-pip-name': azure.ingressPublicIp };
  const annotations = { ...place, 'azure-load-balancer-tcp-idle-timeout': '30' };
  return Object.fromEntries(
    Object.entries(annotations).map(([name, value]) => [`service.beta.kubernetes.io/${name}`, value]),
  );
}

function tcp(...ports: readonly (string | number)[]) {
  return ports.map((port) => ({ protocol: 'TCP', port }));
}
