import { environmentOf, type CommittedManifest, type KubernetesObject } from '../manifests.ts';
import type { Rule } from './rule.ts';
import { containersOf, labelsAskedFor, selects, workloadsOf, type LabelSelector, type Workload } from './workloads.ts';

interface Policy extends KubernetesObject {
  readonly spec: {
    podSelector: LabelSelector;
    policyTypes: string[];
    ingress?: { from?: Peer[]; ports?: { port?: number | string; protocol?: string }[] }[];
    egress?: { to?: Peer[]; ports?: { port?: number | string; protocol?: string }[] }[];
  };
}

interface Peer {
  namespaceSelector?: LabelSelector;
  podSelector?: LabelSelector;
  ipBlock?: { cidr: string; except?: string[] };
}

const DNS_PORT = 53;
const PRIVATE_RANGES = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];
/** On pods that cert-manager makes for a moment to prove that a host name is ours. */
const SOLVER_LABEL = 'acme.cert-manager.io/http01-solver';
/** On the proxies that a Gateway of the Gateway API makes, which are there for anybody. */
const PROXY_LABEL = 'gateway.networking.k8s.io/gateway-name';

/** Where we have pods, nothing comes in or goes out that no other policy lets through. */
export const namespacesDenyByDefault: Rule = (manifests) => {
  const namespaces = new Set(
    workloadsOf(manifests).map(({ environment, object }) => `${environment} ${object.metadata.namespace}`),
  );
  return [...namespaces].flatMap((namespace) =>
    policiesOf(manifests).some(({ environment, policy }) => {
      const { podSelector, policyTypes, ingress, egress } = policy.spec;
      const isDenial = ingress === undefined && egress === undefined && labelsAskedFor(podSelector).length === 0;
      const isBothWays = policyTypes.toSorted().join() === 'Egress,Ingress';
      return isDenial && isBothWays && `${environment} ${policy.metadata.namespace}` === namespace;
    })
      ? []
      : [`${namespace}: pods may talk with anybody`],
  );
};

/** Each pod has openings of its own, and can at least ask for names. */
export const podsHaveOpenings: Rule = (manifests) =>
  workloadsOf(manifests).flatMap((workload) => {
    const rules = policiesFor(manifests, workload).flatMap(({ policy }) => policy.spec.egress ?? []);
    const ports = rules.flatMap((rule) => rule.ports ?? []);
    const asksNames = ['UDP', 'TCP'].every((protocol) =>
      ports.some((opening) => opening.port === DNS_PORT && opening.protocol === protocol),
    );
    return asksNames ? [] : [`${workload.path}: its pods cannot ask for names`];
  });

/** A port that a container serves is open to somebody. */
export const servedPortsAreOpen: Rule = (manifests) =>
  workloadsOf(manifests).flatMap((workload) => {
    const rules = policiesFor(manifests, workload).flatMap(({ policy }) => policy.spec.ingress ?? []);
    const open = rules.flatMap(({ ports = [] }) => ports.map(({ port }) => port));
    const served = containersOf(workload).flatMap(({ ports = [] }) => ports);
    return served
      .filter(({ containerPort, name }) => !open.includes(containerPort) && !open.includes(name))
      .map(({ containerPort }) => `${workload.path}: nobody may reach port ${containerPort}`);
  });

/** An opening says to whom and at which port; one to the internet leaves the private networks out. */
export const openingsAreNarrow: Rule = (manifests) =>
  policiesOf(manifests).flatMap(({ path, policy: { spec } }) => {
    const isForAnybody = labelsAskedFor(spec.podSelector).includes(PROXY_LABEL);
    const openings = [
      ...(isForAnybody ? [] : (spec.ingress ?? [])).map(({ from, ports }) => ({ peers: from, ports })),
      ...(spec.egress ?? []).map(({ to, ports }) => ({ peers: to, ports })),
    ];
    return openings.flatMap(({ peers = [], ports = [] }) => {
      if (peers.length === 0) return [`${path}: an opening is for anybody`];
      if (ports.some(({ port }) => port === undefined) || ports.length === 0)
        return [`${path}: an opening is for any port`];
      return peers.some(isTooWide) ? [`${path}: an opening reaches into every private network`] : [];
    });
  });

/** A policy for pods that nobody renders is a leftover, or misspelt. */
export const policiesFindPods: Rule = (manifests) =>
  policiesOf(manifests).flatMap(({ path, environment, policy }) => {
    const asked = labelsAskedFor(policy.spec.podSelector);
    if (asked.length === 0 || asked.includes(SOLVER_LABEL) || asked.includes(PROXY_LABEL)) return [];
    const found = workloadsOf(manifests).some(
      (workload) => workload.environment === environment && isFor(policy, workload),
    );
    return found ? [] : [`${path}: there are no such pods`];
  });

function isTooWide({ ipBlock, namespaceSelector, podSelector }: Peer): boolean {
  if (ipBlock?.cidr === '0.0.0.0/0') return !PRIVATE_RANGES.every((range) => ipBlock.except?.includes(range));
  if (ipBlock !== undefined) return Number(ipBlock.cidr.split('/')[1]) < 16;
  return [namespaceSelector, podSelector].every((selector) => labelsAskedFor(selector).length === 0);
}

function policiesFor(manifests: readonly CommittedManifest[], workload: Workload) {
  return policiesOf(manifests).filter(
    ({ environment, policy }) => environment === workload.environment && isFor(policy, workload),
  );
}

function isFor({ metadata, spec }: Policy, { object, labels }: Workload): boolean {
  return metadata.namespace === object.metadata.namespace && selects(spec.podSelector, labels);
}

function policiesOf(manifests: readonly CommittedManifest[]) {
  return manifests
    .filter(({ object }) => object.kind === 'NetworkPolicy')
    .map(({ path, object }) => ({ path, environment: environmentOf({ path }), policy: object as Policy }));
}
