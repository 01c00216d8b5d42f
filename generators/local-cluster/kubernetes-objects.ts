import type { Manifest } from '../validate-manifests.ts';
import type { ControlPlane } from './control-plane.ts';

/** Applies objects with server-side apply, over the fields of whoever wrote them. Throws when one is refused. */
export async function applyObjects(cluster: ControlPlane, objects: readonly object[]): Promise<void> {
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
  await mustRun(cluster, ['apply', '--server-side', '--force-conflicts', '-f', '-'], list);
}

/** Every object that `kubectl get` gives for these arguments; none where there is none. */
export async function getObjects<T extends Manifest = Manifest>(
  cluster: ControlPlane,
  ...args: readonly string[]
): Promise<T[]> {
  const text = await mustRun(cluster, ['get', ...args, '--ignore-not-found', '-o=json']);
  const found = text.trim() === '' ? { items: [] } : (JSON.parse(text) as T | { items: T[] });
  return Array.isArray(found['items']) ? found.items : [found as T];
}

/** Runs kubectl and gives what it printed. Throws with what it said when it failed. */
export async function mustRun(cluster: ControlPlane, args: readonly string[], input?: string): Promise<string> {
  const { exitCode, stdout, stderr } = await cluster.kubectl(args, input);
  if (exitCode !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr.trim()}`);
  return stdout;
}
