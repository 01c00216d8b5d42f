import { environmentOf, type CommittedManifest, type KubernetesObject } from '../manifests.ts';

export interface Deployment extends KubernetesObject {
  readonly spec: {
    replicas?: number;
    selector: { matchLabels: Record<string, string> };
    strategy?: { rollingUpdate?: { maxUnavailable?: number; maxSurge?: number } };
    template: PodTemplate;
  };
}

interface PodTemplate {
  metadata: { labels: Record<string, string> };
  spec: PodSpec;
}

interface PodSpec {
  serviceAccountName?: string;
  automountServiceAccountToken?: boolean;
  priorityClassName?: string;
  hostNetwork?: boolean;
  hostPID?: boolean;
  hostIPC?: boolean;
  securityContext?: { runAsNonRoot?: boolean; runAsUser?: number; seccompProfile?: { type: string } };
  terminationGracePeriodSeconds?: number;
  topologySpreadConstraints?: { topologyKey: string; labelSelector: LabelSelector }[];
  initContainers?: Container[];
  containers: [Container, ...Container[]];
  volumes?: Volume[];
}

export interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string }[];
}

interface Volume {
  name: string;
  emptyDir?: { sizeLimit?: string };
  hostPath?: object;
  configMap?: { name: string; items?: { key: string; path: string }[] };
  secret?: { secretName: string };
  csi?: { driver: string; volumeAttributes?: { secretProviderClass?: string } };
}

export interface Container {
  name: string;
  image: string;
  command?: string[];
  args?: string[];
  env?: Variable[];
  envFrom?: { secretRef?: { name: string }; configMapRef?: { name: string } }[];
  ports?: { name?: string; containerPort: number }[];
  resources?: { requests?: Record<string, string>; limits?: Record<string, string> };
  securityContext?: {
    privileged?: boolean;
    allowPrivilegeEscalation?: boolean;
    readOnlyRootFilesystem?: boolean;
    capabilities?: { drop?: string[]; add?: string[] };
  };
  livenessProbe?: { httpGet?: { path: string }; failureThreshold?: number };
  readinessProbe?: { httpGet?: { path: string } };
  startupProbe?: object;
  volumeMounts?: { name: string; mountPath: string; subPath?: string }[];
}

interface Variable {
  name: string;
  value?: string;
  valueFrom?: {
    secretKeyRef?: { name: string; key: string };
    configMapKeyRef?: { name: string; key: string };
  };
}

/** What makes pods, with the pods that it makes. */
export interface Workload {
  readonly path: string;
  readonly environment: string;
  readonly object: KubernetesObject;
  readonly labels: Readonly<Record<string, string>>;
  readonly pod: PodSpec;
}

/** Whatever makes pods, by which field has their template. */
const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job'];

/** Everything that makes pods. A kind that is not known to make some would slip through, so Pod and CronJob throw. */
export function workloadsOf(manifests: readonly CommittedManifest[]): Workload[] {
  const strange = manifests.find(({ object }) => ['Pod', 'CronJob'].includes(object.kind));
  if (strange !== undefined) throw new Error(`${strange.path}: the rules do not look into such a kind`);
  return manifests
    .filter(({ object }) => WORKLOADS.includes(object.kind))
    .map(({ path, object }) => {
      const { template } = object['spec'] as { template: PodTemplate };
      return {
        path,
        environment: environmentOf({ path }),
        object,
        labels: template.metadata.labels,
        pod: template.spec,
      };
    });
}

export function deploymentsOf(manifests: readonly CommittedManifest[]): { path: string; deployment: Deployment }[] {
  return manifests
    .filter(({ object }) => object.kind === 'Deployment')
    .map(({ path, object }) => ({ path, deployment: object as Deployment }));
}

export function containersOf({ pod }: Pick<Workload, 'pod'>): Container[] {
  return [...(pod.initContainers ?? []), ...pod.containers];
}

/** Whether a selector finds something with these labels. An empty one finds everything. */
export function selects(selector: LabelSelector | undefined, labels: Readonly<Record<string, string>> = {}): boolean {
  const { matchLabels = {}, matchExpressions = [] } = selector ?? {};
  const strange = matchExpressions.find(({ operator }) => operator !== 'Exists');
  if (strange !== undefined) throw new Error(`the rules do not know the operator ${strange.operator}`);
  return (
    Object.entries(matchLabels).every(([name, value]) => labels[name] === value) &&
    matchExpressions.every(({ key }) => labels[key] !== undefined)
  );
}

/** The labels that a selector asks for; none where it finds everything. */
export function labelsAskedFor({ matchLabels = {}, matchExpressions = [] }: LabelSelector = {}): string[] {
  return [...Object.keys(matchLabels), ...matchExpressions.map(({ key }) => key)];
}
