import {
  namespacesDenyByDefault,
  openingsAreNarrow,
  podsHaveOpenings,
  policiesFindPods,
  servedPortsAreOpen,
} from './network-rules.ts';
import { remove, set, type RuleCase } from './rule.ts';

const ANYWHERE = { ipBlock: { cidr: '0.0.0.0/0' } };

export const NETWORK_CASES: readonly RuleCase[] = [
  {
    title: 'nothing is let through by default, in neither direction',
    rule: namespacesDenyByDefault,
    broken: {
      'no denial': remove('NetworkPolicy.default-deny'),
      'a way out': set('NetworkPolicy.default-deny', 'spec.policyTypes', ['Ingress']),
      'a denial for some pods': set('NetworkPolicy.default-deny', 'spec.podSelector', { matchLabels: { a: 'b' } }),
      'a denial that is none': set('NetworkPolicy.default-deny', 'spec.egress', [{}]),
      'a denial elsewhere': set('NetworkPolicy.default-deny', 'metadata.namespace', 'argocd'),
    },
  },
  {
    title: 'every pod has openings, and can ask for names',
    rule: podsHaveOpenings,
    broken: {
      'a pod without a policy': remove('NetworkPolicy.gateway'),
      'a Job without a policy': remove('NetworkPolicy.gateway-migration'),
      'a Job that nobody thought of': set('Job.gateway-smoke-test', 'spec.template.metadata.labels', { a: 'b' }),
      'names that cannot be asked for': set('NetworkPolicy.gateway', 'spec.egress.0.ports', []),
      'long answers that do not come': set('NetworkPolicy.gateway-smoke-test', 'spec.egress.0.ports', [
        { port: 53, protocol: 'UDP' },
      ]),
    },
  },
  {
    title: 'a port that is served can be reached',
    rule: servedPortsAreOpen,
    broken: {
      'a port that nobody may reach': set('NetworkPolicy.gateway', 'spec.ingress.0.ports.0.port', 80),
      'no way in': set('NetworkPolicy.gateway', 'spec.ingress', undefined),
    },
  },
  {
    title: 'an opening names its peers and ports',
    rule: openingsAreNarrow,
    broken: {
      'an opening for anybody': set('NetworkPolicy.gateway', 'spec.ingress.0.from', undefined),
      'an opening to any port': set('NetworkPolicy.gateway', 'spec.egress.1.ports', undefined),
      'an opening to everything': set('NetworkPolicy.gateway', 'spec.egress.1.to', [ANYWHERE]),
      'an opening to a wide network': set('NetworkPolicy.gateway', 'spec.egress.1.to.0.ipBlock.cidr', '10.0.0.0/8'),
      'an opening to every pod': set('NetworkPolicy.gateway', 'spec.ingress.0.from', [{ namespaceSelector: {} }]),
    },
  },
  {
    title: 'a policy is for pods that are rendered',
    rule: policiesFindPods,
    broken: { 'a policy for no pod': set('NetworkPolicy.gateway', 'spec.podSelector.matchLabels', { a: 'b' }) },
  },
];
