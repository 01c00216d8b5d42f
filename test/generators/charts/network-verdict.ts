import { contains, parseIpRange } from '../../../environments/schema/ip-range.ts';

// What a cluster's policy engine decides about one connection, after the documentation of NetworkPolicy.

/** A NetworkPolicy as it is rendered. */
export interface NetworkPolicy {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: {
    readonly podSelector: LabelSelector;
    readonly policyTypes: readonly string[];
    readonly ingress?: readonly { readonly from?: readonly Peer[]; readonly ports?: readonly Port[] }[];
    readonly egress?: readonly { readonly to?: readonly Peer[]; readonly ports?: readonly Port[] }[];
  };
}

interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly { readonly key: string; readonly operator: string }[];
}

interface Peer {
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}

interface Port {
  readonly port: number;
  readonly protocol: string;
}

/** One end of a connection: a pod, or an address outside the cluster. */
export interface End {
  readonly address: string;
  /** Left out outside the cluster. */
  readonly pod?: { readonly namespace: string; readonly labels: Readonly<Record<string, string>> };
}

/** Such as `TCP 443`. */
export type Service = `${'TCP' | 'UDP'} ${number}`;

/** Policy engines differ in one thing: Cilium never matches a pod by its address, Azure's own does. */
export type Engine = 'azure' | 'cilium';

/** Whether the policies let `from` open a connection to `to`: it may leave the one and enter the other. */
export function isAllowed(
  policies: readonly NetworkPolicy[],
  engine: Engine,
  connection: { readonly from: End; readonly to: End; readonly service: Service },
): boolean {
  const { from, to, service } = connection;
  const leaving = policiesFor(policies, from, 'Egress').map(({ metadata, spec }) =>
    (spec.egress ?? []).some(
      (rule) => includesPort(rule.ports, service) && includesPeer(rule.to, to, metadata.namespace, engine),
    ),
  );
  const entering = policiesFor(policies, to, 'Ingress').map(({ metadata, spec }) =>
    (spec.ingress ?? []).some(
      (rule) => includesPort(rule.ports, service) && includesPeer(rule.from, from, metadata.namespace, engine),
    ),
  );
  return [leaving, entering].every((verdicts) => verdicts.length === 0 || verdicts.includes(true));
}

/** The policies that select a pod in one direction. Without any, everything is allowed. */
export function policiesFor(policies: readonly NetworkPolicy[], { pod }: End, type: string): NetworkPolicy[] {
  if (pod === undefined) return [];
  return policies.filter(
    ({ metadata, spec }) =>
      metadata.namespace === pod.namespace && spec.policyTypes.includes(type) && selects(spec.podSelector, pod.labels),
  );
}

function includesPort(ports: readonly Port[] | undefined, service: Service): boolean {
  return ports === undefined || ports.some(({ port, protocol }) => `${protocol} ${port}` === service);
}

function includesPeer(peers: readonly Peer[] | undefined, end: End, ownNamespace: string, engine: Engine): boolean {
  return peers === undefined || peers.some((peer) => isPeer(peer, end, ownNamespace, engine));
}

function isPeer(peer: Peer, { address, pod }: End, ownNamespace: string, engine: Engine): boolean {
  if (peer.ipBlock !== undefined) return (pod === undefined || engine === 'azure') && isInBlock(address, peer.ipBlock);
  if (pod === undefined) return false;
  const isInNamespace =
    peer.namespaceSelector === undefined
      ? pod.namespace === ownNamespace
      : selects(peer.namespaceSelector, { 'kubernetes.io/metadata.name': pod.namespace });
  return isInNamespace && selects(peer.podSelector ?? {}, pod.labels);
}

function isInBlock(address: string, { cidr, except = [] }: { cidr: string; except?: readonly string[] }): boolean {
  const single = parseIpRange(`${address}/32`);
  return contains(parseIpRange(cidr), single) && !except.some((range) => contains(parseIpRange(range), single));
}

function selects(selector: LabelSelector, labels: Readonly<Record<string, string>>): boolean {
  const hasLabels = Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
  const expressions = selector.matchExpressions ?? [];
  const unknown = expressions.find(({ operator }) => operator !== 'Exists');
  if (unknown !== undefined) throw new Error(`operator ${unknown.operator} is not among those that are rendered`);
  return hasLabels && expressions.every(({ key }) => key in labels);
}
