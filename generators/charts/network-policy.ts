/* oxlint-disable eslint/no-new -- a construct adds itself to its chart */
import { Chart, type App } from 'cdk8s';
import { k8s } from 'cdk8s-plus-30';
import { labels, selectorLabels } from '../kubernetes/labels.ts';
import { GATEWAY, GATEWAY_PORT, MIGRATION, NAMESPACE, SMOKE_TEST } from '../kubernetes/names.ts';
import type { RenderContext } from '../render-context.ts';
import {
  ACME_SOLVER_PODS,
  ARGOCD_SERVER,
  CLUSTER_DNS,
  component,
  GATEWAY_API_CONTROL_PLANE,
  GATEWAY_API_PODS,
  ingressController,
  INTERNET,
  prometheus,
} from './network-policy-peers.ts';

const COMPONENT = 'network-policy';

// Postgres itself and its PgBouncer: the gateway and its migration are given one address, with either port.
const POSTGRES_PORTS = [5432, 6432];
const REDIS_PORT = 10_000;
const HTTP_PORT = 80;
const HTTPS_PORT = 443;
const SOLVER_PORT = 8089;
const ARGOCD_SERVER_PORT = 8080;
// Of the Gateway API's proxies: where the load balancer asks for their health, and where they fetch their routes.
const ENVOY_HEALTH_PORT = 15_021;
const ISTIOD_PORT = 15_012;

/** Who may talk to whom in our namespace: nobody, but for what is written here. Other namespaces have their own. */
export function networkPolicyChart(app: App, context: RenderContext): Chart {
  const chart = new Chart(app, COMPONENT);
  for (const [name, spec] of Object.entries(networkPolicies(context)))
    new k8s.KubeNetworkPolicy(chart, name, {
      metadata: { name, namespace: NAMESPACE, labels: labels(COMPONENT) },
      spec: { ...spec, policyTypes: ['Ingress', 'Egress'] },
    });
  return chart;
}

type Policy = Omit<k8s.NetworkPolicySpec, 'policyTypes'>;

function networkPolicies(context: RenderContext): Record<string, Policy> {
  const { engine, ingress } = context.environment.settings;
  return {
    'default-deny': { podSelector: {} },
    [GATEWAY]: gatewayPolicy(context),
    ...(engine === 'tollgate' && { [MIGRATION]: migrationPolicy(context), [SMOKE_TEST]: smokeTestPolicy() }),
    ...(ingress.controller === 'gateway_api' && { 'gateway-api': gatewayApiPolicy(context) }),
    // An internal gateway proves its names in DNS, and nobody asks it.
    ...(ingress.exposure === 'public' && { 'acme-solver': acmeSolverPolicy(context) }),
  };
}

function gatewayPolicy({ environment: { settings }, subnets }: RenderContext): Policy {
  const callers = [
    ...ingressController(settings),
    ...prometheus(settings),
    ...(settings.engine === 'tollgate' ? component(SMOKE_TEST) : []),
  ];
  return {
    podSelector: { matchLabels: selectorLabels(GATEWAY) },
    ingress: [{ from: callers, ports: tcp(GATEWAY_PORT) }],
    egress: [
      dns(),
      {
        to: [{ ipBlock: { cidr: subnets.private_endpoints } }],
        ports: tcp(...POSTGRES_PORTS, REDIS_PORT, HTTPS_PORT),
      },
      ...(settings.gateway.internet_egress ? [{ to: [...INTERNET], ports: tcp(HTTPS_PORT) }] : []),
    ],
  };
}

/** The driver that mounts its secrets fetches them from the node, so the Job needs the database alone. */
function migrationPolicy({ subnets }: RenderContext): Policy {
  return {
    podSelector: { matchLabels: selectorLabels(MIGRATION) },
    egress: [dns(), { to: [{ ipBlock: { cidr: subnets.private_endpoints } }], ports: tcp(...POSTGRES_PORTS) }],
  };
}

function smokeTestPolicy(): Policy {
  return {
    podSelector: { matchLabels: selectorLabels(SMOKE_TEST) },
    egress: [dns(), toGateway()],
  };
}

/** Its proxies run in the Gateway's namespace, which is ours, and are the only pods that anyone may reach. */
function gatewayApiPolicy({ environment: { settings } }: RenderContext): Policy {
  return {
    podSelector: GATEWAY_API_PODS,
    ingress: [{ ports: tcp(HTTP_PORT, HTTPS_PORT, ENVOY_HEALTH_PORT) }],
    egress: [
      dns(),
      toGateway(),
      { to: [...GATEWAY_API_CONTROL_PLANE], ports: tcp(ISTIOD_PORT) },
      ...(settings.argocd.host_name === undefined ? [] : [{ to: [...ARGOCD_SERVER], ports: tcp(ARGOCD_SERVER_PORT) }]),
      ...(settings.ingress.exposure === 'public'
        ? [{ to: [{ podSelector: ACME_SOLVER_PODS }], ports: tcp(SOLVER_PORT) }]
        : []),
    ],
  };
}

function acmeSolverPolicy({ environment: { settings } }: RenderContext): Policy {
  return {
    podSelector: ACME_SOLVER_PODS,
    ingress: [{ from: [...ingressController(settings)], ports: tcp(SOLVER_PORT) }],
  };
}

function toGateway(): k8s.NetworkPolicyEgressRule {
  return { to: [...component(GATEWAY)], ports: tcp(GATEWAY_PORT) };
}

function dns(): k8s.NetworkPolicyEgressRule {
  return { to: [...CLUSTER_DNS], ports: ['UDP', 'TCP'].map((protocol) => port(protocol, 53)) };
}

function tcp(...ports: readonly number[]): k8s.NetworkPolicyPort[] {
  return ports.map((number) => port('TCP', number));
}

function port(protocol: string, number: number): k8s.NetworkPolicyPort {
  return { protocol, port: k8s.IntOrString.fromNumber(number) };
}
