import {
  backendsExist,
  hostsAreEncrypted,
  issuersExist,
  monitorsFindPods,
  namedServicesExist,
  routesHaveAListener,
  servicesFindPods,
} from './link-rules.ts';
import { add, remove, set, type RuleCase } from './rule.ts';

const ISSUER = ['metadata', 'annotations', 'cert-manager.io/cluster-issuer'];
const NAMES = { labels: {}, namespace: 'tollgate' };

export const LINK_CASES: readonly RuleCase[] = [
  {
    title: 'a Service finds pods that listen',
    rule: servicesFindPods,
    broken: {
      'a selector that finds nothing': set('Service.gateway', 'spec.selector', { a: 'b' }),
      'a selector that finds every pod': set('Service.gateway-pods', 'spec.selector', {}),
      'a port with another name': set('Service.gateway', 'spec.ports.0.targetPort', 'https'),
      'pods that listen elsewhere': set('Deployment', 'spec.template.spec.containers.0.ports.0.name', 'web'),
    },
  },
  {
    title: 'what is routed has somewhere to go',
    rule: backendsExist,
    broken: {
      'no Service': remove('Service.gateway'),
      'a Service with another port': set('Service.gateway', 'spec.ports.0.port', 80),
      'a route to nowhere': add('ingress', {
        ...route([{ name: 'gateway' }], [{ name: 'other', port: 4000 }]),
      }),
    },
  },
  {
    title: 'a route has a listener',
    rule: routesHaveAListener,
    broken: { 'a route of no Gateway': add('ingress', route([{ name: 'gateway', sectionName: 'https' }], [])) },
  },
  {
    title: 'a host name that is served has a certificate',
    rule: hostsAreEncrypted,
    broken: {
      'a master without certificates': set('Ingress', 'spec.tls', undefined),
      'another host name': add('ingress', {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'Ingress',
        metadata: { name: 'other', ...NAMES },
        spec: { rules: [{ host: 'other.example.com' }] },
      }),
    },
  },
  {
    title: 'an issuer that is named is there',
    rule: issuersExist,
    broken: {
      'an issuer that is not there': set('Ingress', ISSUER, 'other'),
      'a certificate of no issuer': add('ingress', {
        apiVersion: 'cert-manager.io/v1',
        kind: 'Certificate',
        metadata: { name: 'other', ...NAMES },
        spec: { issuerRef: { name: 'other' } },
      }),
    },
  },
  {
    title: 'what is scraped is there',
    rule: monitorsFindPods,
    broken: {
      'a monitor of no pod': set('PodMonitor.gateway', 'spec.selector.matchLabels', { a: 'b' }),
      'a monitor of no port': set('PodMonitor.gateway', 'spec.podMetricsEndpoints.0.port', 'metrics'),
      'a monitor of a Service without such a port': add('monitoring', {
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'ServiceMonitor',
        metadata: { name: 'other', ...NAMES },
        spec: { selector: {}, endpoints: [{ port: 'metrics' }] },
      }),
    },
  },
  {
    title: 'a Service that a container is told is there',
    rule: namedServicesExist,
    broken: {
      'no such Service': remove('Service.gateway-pods'),
      'a Service in another namespace': set(
        'Deployment',
        'spec.template.spec.containers.0.env.0.value',
        'gateway.a.svc',
      ),
    },
  },
];

function route(parentRefs: object[], backendRefs: object[]) {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'other', ...NAMES },
    spec: { parentRefs, rules: [{ backendRefs }] },
  };
}
