import { setTimeout as delay } from 'node:timers/promises';
import { GATEWAY_CONFIG, NAMESPACE } from '../kubernetes/names.ts';
import type { Manifest } from '../validate-manifests.ts';
import type { ControlPlane } from './control-plane.ts';
import { getObjects } from './kubernetes-objects.ts';

type ConfigMap = Manifest & { readonly data?: { readonly 'config.yaml'?: string } };

const PAUSE_MS = 500;

/** The text of config.yaml in the cluster; undefined while Argo CD has not applied it. */
export async function readGatewayConfig(cluster: ControlPlane): Promise<string | undefined> {
  const [found] = await getObjects<ConfigMap>(cluster, 'configmap', GATEWAY_CONFIG, `--namespace=${NAMESPACE}`);
  return found?.data?.['config.yaml'];
}

/** Calls `onText` with the gateway's config.yaml, at once and whenever it is another. Ends with `stopping`. */
export async function followGatewayConfig(
  cluster: ControlPlane,
  onText: (text: string) => void,
  stopping: AbortSignal,
): Promise<void> {
  let last: string | undefined;
  while (!stopping.aborted) {
    const text = await readGatewayConfig(cluster);
    if (text !== undefined && text !== last && !stopping.aborted) onText(text);
    last = text ?? last;
    await delay(PAUSE_MS, undefined, { signal: stopping }).catch(() => undefined);
  }
}
