import type { ChartKind } from '../third-party/third-party-chart.ts';
import type { Manifest } from '../validate-manifests.ts';
import { OWN_CLUSTER } from './argocd-application.ts';

export interface ProjectProps {
  readonly description: string;
  /** The repositories and charts that an Application of the project may name. */
  readonly sources: readonly string[];
  readonly namespaces: readonly string[];
  /** All that such an Application may create, change or delete. */
  readonly kinds: readonly ChartKind[];
}

/** The `spec` of a project that allows exactly what it lists. */
export function projectSpec({ description, sources, namespaces, kinds }: ProjectProps) {
  return {
    description,
    sourceRepos: distinct(sources),
    destinations: distinct(namespaces).map((namespace) => ({ server: OWN_CLUSTER, namespace })),
    clusterResourceWhitelist: allowList(kinds.filter(({ isNamespaced }) => !isNamespaced)),
    namespaceResourceWhitelist: allowList(kinds.filter(({ isNamespaced }) => isNamespaced)),
  };
}

/** The `spec` of the project that Argo CD puts an Application into which names none: nothing is allowed there. */
export function closedProjectSpec() {
  return {
    description: 'Argo CD makes this project, open to everything; here it is closed.',
    sourceRepos: [],
    destinations: [],
    clusterResourceWhitelist: [],
    // An empty list of namespaced kinds would allow all of them.
    namespaceResourceBlacklist: [{ group: '*', kind: '*' }],
  };
}

/** What the root makes. */
export const OWN_KINDS: readonly ChartKind[] = [
  { group: 'argoproj.io', kind: 'AppProject', isNamespaced: true },
  { group: 'argoproj.io', kind: 'Application', isNamespaced: true },
];

// A setting takes these away: `autoscaling`, `ingress.controller`, `monitoring`, `certificates`. Argo CD does not delete
// what its project does not allow, so a project without them would leave the old autoscaler beside the new one.
const REPLACED_BY_SETTINGS: readonly ChartKind[] = [
  { group: 'autoscaling', kind: 'HorizontalPodAutoscaler', isNamespaced: true },
  { group: 'keda.sh', kind: 'ScaledObject', isNamespaced: true },
  { group: 'keda.sh', kind: 'TriggerAuthentication', isNamespaced: true },
  { group: 'networking.k8s.io', kind: 'Ingress', isNamespaced: true },
  { group: 'gateway.networking.k8s.io', kind: 'Gateway', isNamespaced: true },
  { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', isNamespaced: true },
  { group: 'cert-manager.io', kind: 'ClusterIssuer', isNamespaced: false },
  { group: 'monitoring.coreos.com', kind: 'PrometheusRule', isNamespaced: true },
  { group: 'monitoring.coreos.com', kind: 'PodMonitor', isNamespaced: true },
  { group: 'azmonitoring.coreos.com', kind: 'PodMonitor', isNamespaced: true },
];

/** Every kind among the objects, and those that another setting would have put in the place of one. */
export function kindsOf(objects: readonly Manifest[]): ChartKind[] {
  const rendered = objects.map(({ apiVersion, kind, metadata }) => ({
    group: apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '',
    kind,
    // Namespaces are written out wherever there is one.
    isNamespaced: metadata['namespace'] !== undefined,
  }));
  return [...rendered, ...REPLACED_BY_SETTINGS];
}

function allowList(kinds: readonly ChartKind[]): { group: string; kind: string }[] {
  const names = distinct(kinds.map(({ group, kind }) => `${group}/${kind}`));
  return names.map((name) => {
    const [group = '', kind = ''] = name.split('/');
    return { group, kind };
  });
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].toSorted();
}
