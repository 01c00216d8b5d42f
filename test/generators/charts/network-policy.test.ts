import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { renderEnvironments } from '../../../generators/render.ts';
import { exampleEnvironment, exampleRelease, exampleSettings } from '../example-environment.ts';
import { isAllowed, policiesFor, type End, type Engine, type NetworkPolicy, type Service } from './network-verdict.ts';

const ENGINES: readonly Engine[] = ['cilium', 'azure'];

const GATEWAY = ourPod('gateway', '10.244.0.10');
const MIGRATION = ourPod('gateway-migration', '10.244.0.11');
const SMOKE_TEST = ourPod('gateway-smoke-test', '10.244.0.12');
const STRANGER = ourPod('stranger', '10.244.0.13');
const SOLVER = pod('tollgate', '10.244.0.14', { 'acme.cert-manager.io/http01-solver': 'true' });
const ENVOY = pod('tollgate', '10.244.0.15', { 'gateway.networking.k8s.io/gateway-name': 'tollgate' });
const NGINX = pod('nginx-ingress', '10.244.1.10', { 'app.kubernetes.io/name': 'nginx-ingress' });
const NGINX_ELSEWHERE = pod('default', '10.244.1.11', { 'app.kubernetes.io/name': 'nginx-ingress' });
const AMA_METRICS = pod('kube-system', '10.244.1.12', { rsName: 'ama-metrics' });
const PROMETHEUS = pod('observability', '10.244.1.13', { 'app.kubernetes.io/name': 'prometheus' });
const KUBE_DNS = pod('kube-system', '10.244.1.14', { 'k8s-app': 'kube-dns' });
const ISTIOD = pod('aks-istio-system', '10.244.1.15', { app: 'istiod' });
const ARGOCD = pod('argocd', '10.244.1.17', { 'app.kubernetes.io/name': 'argocd-server' });
const OTHER_TEAM = pod('search', '10.244.1.16', { app: 'search' });
const ENDPOINT = address('10.30.2.7');
const LOCAL_DNS = address('169.254.10.11');
const NODE = address('10.30.0.5');
const API_SERVER = address('10.0.0.1');
const NODE_METADATA = address('169.254.169.254');
const PEERED_NETWORK = address('172.20.0.4');
const INTERNET = address('20.190.159.2');

interface Row {
  readonly from: End;
  readonly to: End;
  readonly service: Service;
}

/** Told as sentences: [who, to whom, on what]. */
type Sentence = readonly [string, End, string, End, Service];

const ALWAYS_ALLOWED: readonly Sentence[] = [
  ['the gateway', GATEWAY, 'Postgres', ENDPOINT, 'TCP 5432'],
  ['the gateway', GATEWAY, 'PgBouncer', ENDPOINT, 'TCP 6432'],
  ['the gateway', GATEWAY, 'Redis', ENDPOINT, 'TCP 10000'],
  ['the gateway', GATEWAY, 'Azure OpenAI', ENDPOINT, 'TCP 443'],
  ['the gateway', GATEWAY, "the cluster's DNS", KUBE_DNS, 'UDP 53'],
  ['the gateway', GATEWAY, "the cluster's DNS over TCP", KUBE_DNS, 'TCP 53'],
  ['the gateway', GATEWAY, "the node's DNS", LOCAL_DNS, 'UDP 53'],
];

const ALWAYS_REFUSED: readonly Sentence[] = [
  ['the gateway', GATEWAY, 'another port of an endpoint', ENDPOINT, 'TCP 22'],
  ['the gateway', GATEWAY, 'a node', NODE, 'TCP 443'],
  ['the gateway', GATEWAY, 'the API server', API_SERVER, 'TCP 443'],
  ['the gateway', GATEWAY, "the node's metadata", NODE_METADATA, 'TCP 80'],
  ['the gateway', GATEWAY, "the node's metadata over https", NODE_METADATA, 'TCP 443'],
  ['the gateway', GATEWAY, 'a peered network', PEERED_NETWORK, 'TCP 443'],
  ['the gateway', GATEWAY, 'the internet without TLS', INTERNET, 'TCP 80'],
  ['the gateway', GATEWAY, 'a resolver on the internet', INTERNET, 'UDP 53'],
  ['the gateway', GATEWAY, 'pods of others', OTHER_TEAM, 'TCP 443'],
  ['the gateway', GATEWAY, 'another port of kube-system', KUBE_DNS, 'TCP 9153'],
  ['pods of others', OTHER_TEAM, 'the gateway', GATEWAY, 'TCP 4000'],
  ['a controller in another namespace', NGINX_ELSEWHERE, 'the gateway', GATEWAY, 'TCP 4000'],
  ['an unknown pod of our namespace', STRANGER, 'the gateway', GATEWAY, 'TCP 4000'],
  ['an unknown pod of our namespace', STRANGER, "the cluster's DNS", KUBE_DNS, 'UDP 53'],
  ['an unknown pod of our namespace', STRANGER, 'Postgres', ENDPOINT, 'TCP 5432'],
  ['the internet', INTERNET, 'the gateway', GATEWAY, 'TCP 4000'],
  ['the internet', INTERNET, 'a challenge', SOLVER, 'TCP 8089'],
  ['a node', NODE, 'the gateway', GATEWAY, 'TCP 4000'],
  ['a challenge', SOLVER, 'the internet', INTERNET, 'TCP 443'],
  ['a challenge', SOLVER, "the cluster's DNS", KUBE_DNS, 'UDP 53'],
];

const JOBS_ALLOWED: readonly Sentence[] = [
  ['the migration', MIGRATION, 'Postgres', ENDPOINT, 'TCP 5432'],
  ['the migration', MIGRATION, "the cluster's DNS", KUBE_DNS, 'UDP 53'],
  ['the smoke test', SMOKE_TEST, 'the gateway', GATEWAY, 'TCP 4000'],
  ['the smoke test', SMOKE_TEST, "the node's DNS", LOCAL_DNS, 'TCP 53'],
];

const JOBS_REFUSED: readonly Sentence[] = [
  ['the migration', MIGRATION, 'Redis', ENDPOINT, 'TCP 10000'],
  ['the migration', MIGRATION, 'the internet', INTERNET, 'TCP 443'],
  ['the migration', MIGRATION, 'the gateway', GATEWAY, 'TCP 4000'],
  ['the smoke test', SMOKE_TEST, 'another port of the gateway', GATEWAY, 'TCP 9090'],
  ['the smoke test', SMOKE_TEST, 'Postgres', ENDPOINT, 'TCP 5432'],
  ['the ingress controller', NGINX, 'the smoke test', SMOKE_TEST, 'TCP 4000'],
];

interface Variant {
  readonly title: string;
  readonly settings: object;
  readonly allowed: readonly Sentence[];
  readonly refused: readonly Sentence[];
}

const VARIANTS: readonly Variant[] = [
  {
    title: 'a public gateway behind NGINX, watched by Azure',
    settings: exampleSettings,
    allowed: [
      ...JOBS_ALLOWED,
      ['the ingress controller', NGINX, 'the gateway', GATEWAY, 'TCP 4000'],
      ['the ingress controller', NGINX, 'a challenge', SOLVER, 'TCP 8089'],
      ['Managed Prometheus', AMA_METRICS, 'the gateway', GATEWAY, 'TCP 4000'],
      ['the gateway', GATEWAY, 'sign-in and providers', INTERNET, 'TCP 443'],
    ],
    refused: [
      ...JOBS_REFUSED,
      ['the ingress controller', NGINX, 'another port of a challenge', SOLVER, 'TCP 80'],
      ["an operator's Prometheus", PROMETHEUS, 'the gateway', GATEWAY, 'TCP 4000'],
      ['a pod labelled for the Gateway API', ENVOY, 'the gateway', GATEWAY, 'TCP 4000'],
    ],
  },
  {
    title: 'an internal gateway without the internet, watched by an operator',
    settings: {
      ...exampleSettings,
      monitoring: 'operator',
      ingress: { exposure: 'internal' },
      gateway: { ...exampleSettings.gateway, internet_egress: false },
    },
    allowed: [
      ...JOBS_ALLOWED,
      ['the ingress controller', NGINX, 'the gateway', GATEWAY, 'TCP 4000'],
      ["the operator's Prometheus", PROMETHEUS, 'the gateway', GATEWAY, 'TCP 4000'],
    ],
    refused: [
      ...JOBS_REFUSED,
      ['the gateway', GATEWAY, 'the internet', INTERNET, 'TCP 443'],
      ['the ingress controller', NGINX, 'a challenge that is never made', SOLVER, 'TCP 8089'],
      ['Managed Prometheus', AMA_METRICS, 'the gateway', GATEWAY, 'TCP 4000'],
    ],
  },
  {
    title: 'a public gateway behind the Gateway API',
    settings: {
      ...exampleSettings,
      dns: { zone: 'example.com' },
      ingress: { controller: 'gateway_api' },
      argocd: { host_name: 'argocd.example.com' },
    },
    allowed: [
      ...JOBS_ALLOWED,
      ['the internet', INTERNET, 'a proxy', ENVOY, 'TCP 443'],
      ['a node that passes the internet on', NODE, 'a proxy', ENVOY, 'TCP 80'],
      ['a proxy', ENVOY, 'the gateway', GATEWAY, 'TCP 4000'],
      ['a proxy', ENVOY, 'a challenge', SOLVER, 'TCP 8089'],
      ['a proxy', ENVOY, 'its control plane', ISTIOD, 'TCP 15012'],
      ['a proxy', ENVOY, "Argo CD's pages", ARGOCD, 'TCP 8080'],
    ],
    refused: [
      ...JOBS_REFUSED,
      ['a controller that is not installed', NGINX, 'the gateway', GATEWAY, 'TCP 4000'],
      ['the internet', INTERNET, "a proxy's own settings", ENVOY, 'TCP 15000'],
      ['a proxy', ENVOY, 'Postgres', ENDPOINT, 'TCP 5432'],
      ['a proxy', ENVOY, 'the internet', INTERNET, 'TCP 443'],
    ],
  },
  {
    title: 'the stock LiteLLM image',
    settings: { ...exampleSettings, engine: 'litellm' },
    allowed: [
      ['the ingress controller', NGINX, 'the gateway', GATEWAY, 'TCP 4000'],
      ['Managed Prometheus', AMA_METRICS, 'the gateway', GATEWAY, 'TCP 4000'],
    ],
    refused: [
      ['a Job that is not rendered', MIGRATION, 'Postgres', ENDPOINT, 'TCP 5432'],
      ['a Job that is not rendered', SMOKE_TEST, 'the gateway', GATEWAY, 'TCP 4000'],
    ],
  },
];

describe.each(VARIANTS)('network policies of $title', ({ settings, allowed, refused }) => {
  const files = filesOf(settings);
  const policies = policiesOf(files);

  it.each(rows([...ALWAYS_ALLOWED, ...allowed]))('let $title', ({ connection }) => {
    for (const engine of ENGINES) expect(isAllowed(policies, engine, connection)).toBe(true);
  });

  it.each(rows([...ALWAYS_REFUSED, ...refused]))('do not let $title', ({ connection }) => {
    for (const engine of ENGINES) expect(isAllowed(policies, engine, connection)).toBe(false);
  });

  it('deny in both directions what no other policy allows', () => {
    expect(policies.find(({ metadata }) => metadata.name === 'default-deny')?.spec).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    });
  });

  it('cover every pod that is rendered by a policy of its own', () => {
    const pods = podsOf(files).map(({ name, end }) => ({ name, policies: ownPolicies(policies, end) }));

    expect(pods.length).toBeGreaterThan(0);
    expect(pods.filter((pod) => pod.policies.length !== 1)).toEqual([]);
  });
});

it('the verdict of a policy engine differs where a range holds pods', () => {
  const policies: NetworkPolicy[] = [
    {
      metadata: { name: 'to-pods-by-address', namespace: 'tollgate' },
      spec: { podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr: '10.244.0.0/16' } }] }] },
    },
  ];
  const connection: Row = { from: GATEWAY, to: OTHER_TEAM, service: 'TCP 443' };

  expect(ENGINES.map((engine) => isAllowed(policies, engine, connection))).toEqual([false, true]);
});

function ownPolicies(policies: readonly NetworkPolicy[], end: End): string[] {
  const names = policiesFor(policies, end, 'Egress').map(({ metadata }) => metadata.name);
  return names.filter((name) => name !== 'default-deny');
}

function rows(sentences: readonly Sentence[]): { title: string; connection: Row }[] {
  return sentences.map(([who, from, whom, to, service]) => ({
    title: `${who} reach ${whom} (${service})`,
    connection: { from, to, service },
  }));
}

function filesOf(settings: object): ReadonlyMap<string, string> {
  const release = {
    ...exampleRelease,
    images: { ...exampleRelease.images, litellm: { version: 'v1.0.0', digest: 'unresolved' } },
  };
  return renderEnvironments([exampleEnvironment({ settings, release })]).files;
}

function policiesOf(files: ReadonlyMap<string, string>): NetworkPolicy[] {
  const paths = [...files.keys()].filter((path) => path.includes('/NetworkPolicy.'));
  return paths.map((path) => parse(files.get(path) ?? '') as NetworkPolicy);
}

interface Workload {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: { readonly template: { readonly metadata: { readonly labels: Record<string, string> } } };
}

function podsOf(files: ReadonlyMap<string, string>): { name: string; end: End }[] {
  const workloads = [...files].filter(([path]) => /\/(Deployment|Job|StatefulSet|DaemonSet)\./.test(path));
  return workloads.map(([name, text]) => {
    const { metadata, spec } = parse(text) as Workload;
    return { name, end: pod(metadata.namespace, '10.244.0.20', spec.template.metadata.labels) };
  });
}

function ourPod(component: string, ip: string): End {
  return pod('tollgate', ip, { 'app.kubernetes.io/name': 'tollgate', 'app.kubernetes.io/component': component });
}

function pod(namespace: string, ip: string, labels: Readonly<Record<string, string>>): End {
  return { address: ip, pod: { namespace, labels } };
}

function address(ip: string): End {
  return { address: ip };
}
