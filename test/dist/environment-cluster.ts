import { startControlPlane, type ControlPlane } from '../../generators/local-cluster/control-plane.ts';
import { mustRun } from '../../generators/local-cluster/kubernetes-objects.ts';
import { thirdPartyDefinitions } from '../../generators/local-cluster/third-party-definitions.ts';
import { environmentOf, readCommittedManifests, type KubernetesObject } from './manifests.ts';

const APPLY = ['apply', '--server-side', '--validate=strict'];

/** A real control plane for one environment of dist/. */
export interface EnvironmentCluster {
  readonly cluster: ControlPlane;
  /** All that is committed for it, in the order in which Argo CD would apply a component. */
  readonly objects: readonly KubernetesObject[];
  /** Runs kubectl with objects as its standard input. Throws with what it said when it failed. */
  run(args: readonly string[], input?: readonly object[]): Promise<string>;
  /** Applies objects strictly, and gives what kubectl printed. */
  apply(
    objects: readonly object[],
    ...more: readonly string[]
  ): Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }>;
  /** `kubectl get` of one object, or of a list. */
  read<T = KubernetesObject>(...args: readonly string[]): Promise<T>;
  stop(): void;
}

/** Starts one with stand-in definitions of other makers' kinds and the environment's namespaces, and nothing else. */
export async function startEnvironmentCluster(environment: string): Promise<EnvironmentCluster> {
  const cluster = await startControlPlane();
  const objects = readCommittedManifests()
    .filter((manifest) => environmentOf(manifest) === environment)
    .map(({ object }) => object)
    .toSorted((one, other) => waveOf(one) - waveOf(other));
  const run = (args: readonly string[], input: readonly object[] = []) => mustRun(cluster, args, stream(input));
  try {
    const definitions = thirdPartyDefinitions();
    await run([...APPLY, '-f', '-'], definitions);
    await run(['wait', '--for=condition=Established', '--timeout=60s', '-f', '-'], definitions);
    const namespaces = objects.filter(({ kind }) => kind === 'Namespace');
    await run([...APPLY, '-f', '-'], namespaces);
  } catch (error) {
    cluster.stop();
    throw error;
  }
  return {
    cluster,
    objects,
    run,
    apply: (applied, ...more) => cluster.kubectl([...APPLY, ...more, '-f', '-'], stream(applied)),
    read: async <T>(...args: readonly string[]) => JSON.parse(await run(['get', ...args, '-o=json'])) as T,
    stop: () => cluster.stop(),
  };
}

function waveOf({ metadata }: KubernetesObject): number {
  return Number(metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0);
}

/** One document each: a List would be held to the schema by kubectl, and not by the API server. */
function stream(objects: readonly object[]): string {
  return objects.map((object) => JSON.stringify(object)).join('\n---\n');
}
