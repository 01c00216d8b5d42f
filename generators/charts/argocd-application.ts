import type { ChartSource } from '../third-party/chart-source.ts';
import type { ChartKind } from '../third-party/third-party-chart.ts';

/** The cluster that Argo CD itself runs in, as its Applications and projects name it. */
export const OWN_CLUSTER = 'https://kubernetes.default.svc';

export interface ApplicationProps {
  readonly project: string;
  /** Of the objects that name none. */
  readonly namespace: string;
  readonly source:
    | FolderSource
    | (ChartSource & { readonly helm: { releaseName: string; values: string; skipCrds?: true } });
  /** It reads the folder that it lies in itself. */
  readonly isRoot?: true;
  /** Of a chart. */
  readonly kinds?: readonly ChartKind[];
}

interface FolderSource {
  readonly repoURL: string;
  readonly targetRevision: string;
  readonly path: string;
  readonly directory: { readonly recurse: true };
}

// Other programs write these fields of a webhook: cert-manager the authority, AKS the namespaces that are left out.
const WRITTEN_BY_OTHERS = ['.webhooks[]?.clientConfig.caBundle', '.webhooks[]?.namespaceSelector'];

/** The `spec` of an Application that follows its source by itself: Git wins over the cluster, also against a hand edit. */
export function applicationSpec({ project, namespace, source, isRoot, kinds = [] }: ApplicationProps) {
  const webhooks = kinds.filter(({ group }) => group === 'admissionregistration.k8s.io');
  return {
    project,
    source,
    destination: { server: OWN_CLUSTER, namespace },
    revisionHistoryLimit: 5,
    syncPolicy: {
      automated: { prune: true, selfHeal: true },
      // Every object each time, not only what differs: a retry would go past a wave that is in sync but not healthy.
      syncOptions: [
        'ServerSideApply=true',
        'CreateNamespace=false',
        'SkipDryRunOnMissingResource=true',
        'RespectIgnoreDifferences=true',
        // Not in the root: what is pruned last waits for all else, thus for the root, which waits for the pruning.
        ...(isRoot ? [] : ['PruneLast=true']),
      ],
      // Without an end, as Kubernetes' own controllers: after a last attempt Argo CD waits for a commit, even where
      // only a registry was away. Each attempt takes the newest commit, so that a repair is not kept waiting.
      retry: { limit: -1, refresh: true, backoff: { duration: '5s', factor: 2, maxDuration: '1m' } },
    },
    ...(webhooks.length > 0 && {
      ignoreDifferences: webhooks.map(({ group, kind }) => ({ group, kind, jqPathExpressions: WRITTEN_BY_OTHERS })),
    }),
  };
}

/** What every Application is annotated with. `wave` orders it among the others. */
export function applicationAnnotations(
  wave: number,
  { isRoot }: Pick<ApplicationProps, 'isRoot'>,
): Record<string, string> {
  // The API server's own answer decides what differs. Its webhooks are asked too, since policies of the cluster may change
  // what is applied; but not for Argo CD's own objects, which change so fast that an answer is about the one before.
  const compared = isRoot ? 'ServerSideDiff=true' : 'ServerSideDiff=true,IncludeMutationWebhook=true';
  return {
    'argocd.argoproj.io/sync-wave': String(wave),
    'argocd.argoproj.io/compare-options': compared,
    // A commit elsewhere in the repository does not make this Application stale.
    'argocd.argoproj.io/manifest-generate-paths': '.',
  };
}
