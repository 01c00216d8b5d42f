import { setTimeout as delay } from 'node:timers/promises';
import type { Manifest } from '../validate-manifests.ts';
import type { ControlPlane } from './control-plane.ts';
import { getObjects, mustRun } from './kubernetes-objects.ts';

// Controllers that are not here would write a status, and Argo CD waits for it. This writes that status and nothing else.

interface StandIn {
  /** As kubectl names the kind. */
  readonly resource: string;
  readonly kind: string;
  /** Who would have written it. */
  readonly absent: string;
  readonly status: (object: Manifest) => object;
}

/** An address that is nobody's (RFC 5737). */
const ADDRESS = '203.0.113.10';

const STAND_INS: readonly StandIn[] = [
  {
    resource: 'ingresses.networking.k8s.io',
    kind: 'Ingress',
    absent: 'the ingress controller',
    status: () => ({ loadBalancer: { ingress: [{ ip: ADDRESS }] } }),
  },
  {
    resource: 'clusterissuers.cert-manager.io',
    kind: 'ClusterIssuer',
    absent: 'cert-manager',
    status: (object) => ({ conditions: conditions(object, 'Ready') }),
  },
  {
    resource: 'certificates.cert-manager.io',
    kind: 'Certificate',
    absent: 'cert-manager',
    status: (object) => ({ conditions: conditions(object, 'Ready') }),
  },
  {
    resource: 'gateways.gateway.networking.k8s.io',
    kind: 'Gateway',
    absent: 'the Gateway API controller',
    status: (object) => ({
      addresses: [{ type: 'IPAddress', value: ADDRESS }],
      conditions: conditions(object, 'Accepted', 'Programmed'),
    }),
  },
  {
    resource: 'httproutes.gateway.networking.k8s.io',
    kind: 'HTTPRoute',
    absent: 'the Gateway API controller',
    status: (object) => ({ parents: parentsOf(object).map((parentRef) => acceptedBy(object, parentRef)) }),
  },
  {
    resource: 'scaledobjects.keda.sh',
    kind: 'ScaledObject',
    absent: 'KEDA',
    status: (object) => ({ conditions: conditions(object, 'Ready', 'Active') }),
  },
];

const PAUSE_MS = 1_000;

export interface RunningStandIns {
  /** Objects of this kind stay without a status from now on. */
  hold(kind: string): void;
  release(kind: string): void;
  /** Ends when the status that is being written is written. */
  stop(): Promise<void>;
}

/** Gives each object that waits for an absent controller its status, and tells in one line each for whom. */
export function startStandIns(cluster: ControlPlane, tell: (line: string) => void): RunningStandIns {
  const held = new Set<string>();
  const stopping = new AbortController();
  const running = runStandIns(cluster, held, tell, stopping.signal);
  // Whoever stops them hears of a failure; until then nobody waits for it.
  running.catch(() => undefined);
  return {
    hold: (kind) => held.add(kind),
    release: (kind) => held.delete(kind),
    stop() {
      stopping.abort();
      return running;
    },
  };
}

async function runStandIns(
  cluster: ControlPlane,
  held: ReadonlySet<string>,
  tell: (line: string) => void,
  stopping: AbortSignal,
): Promise<void> {
  const resources = STAND_INS.map(({ resource }) => resource).join(',');
  while (!stopping.aborted && cluster.processes.ended === undefined) {
    const objects = await getObjects(cluster, resources, '--all-namespaces');
    for (const object of objects.filter(({ kind }) => !held.has(kind))) await standInFor(cluster, object, tell);
    await delay(PAUSE_MS, undefined, { signal: stopping }).catch(() => undefined);
  }
}

async function standInFor(cluster: ControlPlane, object: Manifest, tell: (line: string) => void): Promise<void> {
  const standIn = STAND_INS.find(({ kind }) => kind === object.kind);
  if (standIn === undefined || !isWaiting(object)) return;
  const { name, namespace } = object.metadata as { name: string; namespace?: string };
  const patch = JSON.stringify({ status: standIn.status(object) });
  const place = namespace === undefined ? [] : [`--namespace=${namespace}`];
  await mustRun(cluster, [
    'patch',
    standIn.resource,
    name,
    ...place,
    '--subresource=status',
    '--type=merge',
    '-p',
    patch,
  ]);
  tell(`stands in for ${standIn.absent}: the status of ${object.kind} ${name}`);
}

/** Without a status, or with one of an older generation. */
function isWaiting({ metadata, ...object }: Manifest): boolean {
  const status = object['status'] as Status | undefined;
  if (status?.loadBalancer?.ingress !== undefined) return false;
  const [condition] = status?.conditions ?? status?.parents?.[0]?.conditions ?? [];
  return condition?.observedGeneration !== metadata['generation'];
}

interface Status {
  readonly loadBalancer?: { readonly ingress?: unknown };
  readonly conditions?: readonly Condition[];
  readonly parents?: readonly { readonly conditions?: readonly Condition[] }[];
}

interface Condition {
  readonly observedGeneration?: unknown;
}

function conditions({ metadata }: Manifest, ...types: string[]): object[] {
  return types.map((type) => ({
    type,
    status: 'True',
    reason: 'StandIn',
    message: 'written by a stand-in',
    observedGeneration: metadata['generation'],
    lastTransitionTime: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
  }));
}

function parentsOf(object: Manifest): object[] {
  return (object['spec'] as { parentRefs?: object[] }).parentRefs ?? [];
}

function acceptedBy(route: Manifest, parentRef: object): object {
  return { parentRef, controllerName: 'tollgate/stand-in', conditions: conditions(route, 'Accepted', 'ResolvedRefs') };
}
