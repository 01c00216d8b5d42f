import { ARGOCD_NAMESPACE } from '../kubernetes/names.ts';
import type { Manifest } from '../validate-manifests.ts';
import type { ControlPlane } from './control-plane.ts';
import { getObjects } from './kubernetes-objects.ts';

/** An Application as Argo CD sees it. A word is empty until Argo CD has looked. */
export interface ApplicationStatus {
  readonly name: string;
  readonly wave: number;
  readonly sync: string;
  readonly health: string;
  /** Of the last operation: `Running`, `Succeeded`, `Failed`, ... */
  readonly phase: string;
  /** What the last operation says. */
  readonly message: string;
}

type Application = Manifest & {
  readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
  readonly status?: {
    readonly sync?: { readonly status?: string };
    readonly health?: { readonly status?: string };
    readonly operationState?: { readonly phase?: string; readonly message?: string };
  };
};

/** Every Application in the cluster. */
export async function readApplications(cluster: ControlPlane): Promise<ApplicationStatus[]> {
  const found = await getObjects<Application>(cluster, 'applications', `--namespace=${ARGOCD_NAMESPACE}`);
  return found.map(({ metadata, status = {} }) => ({
    name: metadata.name,
    wave: Number(metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0),
    sync: status.sync?.status ?? '',
    health: status.health?.status ?? '',
    phase: status.operationState?.phase ?? '',
    message: status.operationState?.message ?? '',
  }));
}
