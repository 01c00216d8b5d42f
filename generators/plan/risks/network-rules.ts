import { contains, parseIpRange } from '../../../environments/schema/ip-range.ts';
import { listAt, textAt, valueAt } from '../../../environments/schema/value-at.ts';
import { shownObject, type ManifestChange, type ManifestRule } from './manifest-change.ts';

const DIRECTIONS = [
  { field: 'ingress', peers: 'from', opened: 'lets requests in from', anyone: 'everywhere' },
  { field: 'egress', peers: 'to', opened: 'lets its pods reach', anyone: 'every address' },
] as const;

/** Rules about who may reach whom. */
export const NETWORK_RULES: readonly ManifestRule[] = [defaultDenyRemoved, networkOpened];

function defaultDenyRemoved(change: ManifestChange): string[] {
  if (!isDefaultDeny(change.before) || isDefaultDeny(change.after)) return [];
  const namespace = textAt(change.before, ['metadata', 'namespace']) ?? 'default';
  return [
    `${shownObject(change)} no longer closes namespace ${namespace}: ` +
      'what no other rule names may reach everything there and be reached by everyone.',
  ];
}

/** Nothing in and nothing out, for all pods. */
function isDefaultDeny(manifest: unknown): boolean {
  const selector = valueAt(manifest, ['spec', 'podSelector']);
  if (textAt(manifest, ['kind']) !== 'NetworkPolicy' || typeof selector !== 'object' || selector === null) return false;
  const types = listAt(manifest, ['spec', 'policyTypes']);
  const isOpen = DIRECTIONS.some(({ field }) => listAt(manifest, ['spec', field]).length > 0);
  return Object.keys(selector).length === 0 && !isOpen && types.includes('Ingress') && types.includes('Egress');
}

function networkOpened(change: ManifestChange): string[] {
  if (change.kind !== 'NetworkPolicy' || change.after === undefined) return [];
  return DIRECTIONS.flatMap(({ field, peers, opened, anyone }) => {
    const before = reachOf(change.before, field, peers);
    const after = reachOf(change.after, field, peers);
    const object = shownObject(change);
    if (after.isOpen) return before.isOpen ? [] : [`${object} ${opened} ${anyone}.`];
    const wider = after.ranges.filter((range) => !before.ranges.some((known) => holds(known, range)));
    const spared = before.excepted.filter((range) => !after.excepted.includes(range));
    return [
      ...wider.map((range) => `${object} ${opened} ${shownRange(range, before.ranges)}.`),
      ...(wider.length > 0 || after.ranges.length === 0
        ? []
        : spared.map((range) => `${object} ${opened} ${range}, which was excepted before.`)),
    ];
  });
}

interface Reach {
  /** A rule without peers is for all. */
  readonly isOpen: boolean;
  readonly ranges: readonly string[];
  readonly excepted: readonly string[];
}

function reachOf(manifest: unknown, field: string, peers: string): Reach {
  const rules = listAt(manifest, ['spec', field]);
  const blocks = rules.flatMap((rule) => listAt(rule, [peers])).flatMap((peer) => valueAt(peer, ['ipBlock']) ?? []);
  return {
    isOpen: rules.some((rule) => listAt(rule, [peers]).length === 0),
    ranges: blocks.flatMap((block) => textAt(block, ['cidr']) ?? []),
    excepted: blocks.flatMap((block) => listAt(block, ['except']).map(String)),
  };
}

function shownRange(range: string, known: readonly string[]): string {
  if (/^(0\.0\.0\.0|::)\/0$/.test(range)) return `the whole internet (${range})`;
  const inner = known.find((narrower) => holds(range, narrower));
  return inner === undefined ? `${range}, which is new` : `${range}, where it was ${inner}`;
}

/** Ranges of IPv6, and what is none, are compared as they are written. */
function holds(outer: string, inner: string): boolean {
  if (outer === inner) return true;
  try {
    return contains(parseIpRange(outer), parseIpRange(inner));
  } catch {
    return false;
  }
}
