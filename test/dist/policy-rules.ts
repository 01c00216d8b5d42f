import type { CommittedManifest, KubernetesObject } from './manifests.ts';

export interface Deployment extends KubernetesObject {
  readonly spec: {
    replicas?: number;
    selector: { matchLabels: Record<string, string> };
    strategy?: { rollingUpdate?: { maxUnavailable?: number; maxSurge?: number } };
    template: { metadata: { labels: Record<string, string> }; spec: PodSpec };
  };
}

interface PodSpec {
  serviceAccountName?: string;
  automountServiceAccountToken?: boolean;
  securityContext?: { runAsNonRoot?: boolean; runAsUser?: number; seccompProfile?: { type: string } };
  terminationGracePeriodSeconds?: number;
  containers: [Container, ...Container[]];
  volumes?: { name: string; emptyDir?: { sizeLimit?: string }; configMap?: { name: string } }[];
}

interface Container {
  image: string;
  env?: { name: string; value?: string }[];
  resources?: { requests?: Record<string, string>; limits?: Record<string, string> };
  securityContext?: {
    privileged?: boolean;
    allowPrivilegeEscalation?: boolean;
    readOnlyRootFilesystem?: boolean;
    capabilities?: { drop?: string[] };
  };
  livenessProbe?: { httpGet?: { path: string }; failureThreshold?: number };
  readinessProbe?: { httpGet?: { path: string } };
  volumeMounts?: { name: string; subPath?: string }[];
}

/** A sentence for each thing in the manifests that a rule is against. */
export type Rule = (manifests: readonly CommittedManifest[]) => string[];

const REPEATED_OR_COUNTING = /^(.{1,8})\1+$|0123456789|123456789abcdef|deadbeef/;

/** An image is named by version and digest; nobody makes a digest up. */
export const imagesArePinned = ofContainers(({ image }) => {
  const [, version, digest] = /^[^:@]+(?::\d+)?\/[^:@]+:([^:@]+)@sha256:([0-9a-z]+)$/.exec(image) ?? [];
  if (version === undefined || digest === undefined) return `${image} has no version or no digest`;
  if (version === 'latest') return `${image} is whatever is newest`;
  if (digest === 'unresolved') return undefined;
  const isMadeUp = !/^[0-9a-f]{64}$/.test(digest) || REPEATED_OR_COUNTING.test(digest);
  return isMadeUp ? `${image} has a digest that no registry gave` : undefined;
});

export const podsAreHardened: Rule = (manifests) =>
  podsOf(manifests).flatMap(({ path, pod }) => {
    const { securityContext: own } = pod;
    const isHardened =
      own?.runAsNonRoot === true &&
      own.runAsUser !== undefined &&
      own.runAsUser > 0 &&
      own.seccompProfile?.type === 'RuntimeDefault' &&
      pod.automountServiceAccountToken === false &&
      pod.containers.every(
        ({ securityContext: inner }) =>
          inner?.allowPrivilegeEscalation === false &&
          inner.readOnlyRootFilesystem === true &&
          inner.capabilities?.drop?.includes('ALL') === true,
      );
    return isHardened ? [] : [`${path}: a pod can do more than it needs`];
  });

export const containersStateResources = ofContainers(({ resources }) => {
  const stated = [resources?.requests, resources?.limits].flatMap((amounts) => [amounts?.['cpu'], amounts?.['memory']]);
  return stated.includes(undefined) ? 'requests and limits of cpu and memory are not all stated' : undefined;
});

/** A pod that restarts because its database is away would lose what it still could serve. */
export const probesSpareTheDatabase = ofContainers(({ livenessProbe, readinessProbe }) => {
  const isSound =
    livenessProbe?.httpGet?.path === '/health/liveliness' &&
    livenessProbe.failureThreshold === 3 &&
    readinessProbe?.httpGet?.path === '/health/readiness';
  return isSound ? undefined : 'liveness or readiness is asked in another way';
});

export const rolloutsLoseNoRequest: Rule = (manifests) =>
  deploymentsOf(manifests).flatMap(({ path, deployment: { spec } }) => {
    const { maxUnavailable, maxSurge } = spec.strategy?.rollingUpdate ?? {};
    const isSmooth = maxUnavailable === 0 && maxSurge === 1;
    const isPatient = spec.template.spec.terminationGracePeriodSeconds === 620;
    return isSmooth && isPatient ? [] : [`${path}: a rollout may cut requests off`];
  });

/** A selector can never change, so it must not lean on anything that does. */
export const selectorsAreStable: Rule = (manifests) =>
  deploymentsOf(manifests).flatMap(({ path, deployment: { spec } }) => {
    const selector = Object.entries(spec.selector.matchLabels);
    const names = selector.map(([name]) => name).toSorted();
    const isFixed = names.join() === 'app.kubernetes.io/component,app.kubernetes.io/name';
    const isMatched = selector.every(([name, value]) => spec.template.metadata.labels[name] === value);
    return isFixed && isMatched ? [] : [`${path}: the selector is not name and component of its own pods`];
  });

export const writableFoldersAreBounded: Rule = (manifests) =>
  podsOf(manifests).flatMap(({ path, pod }) =>
    (pod.volumes ?? [])
      .filter(({ emptyDir }) => emptyDir !== undefined && emptyDir.sizeLimit === undefined)
      .map(({ name }) => `${path}: the folder ${name} may fill the node`),
  );

/** A file mounted by subPath stays as it was when its ConfigMap changes. */
export const configurationIsAFolder = ofContainers(({ volumeMounts = [] }) =>
  volumeMounts.some(({ subPath }) => subPath !== undefined) ? 'a subPath never follows its ConfigMap' : undefined,
);

const SECRET_VALUE = /\bsk-[A-Za-z0-9_-]{16,}|-----BEGIN [A-Z ]*PRIVATE KEY|:\/\/[^\s/:@]+:[^\s/@]+@/;

export const nothingIsSecret: Rule = (manifests) =>
  manifests.flatMap(({ path, text, object }) => {
    if (object.kind === 'Secret') return [`${path}: a Secret in Git is public`];
    return SECRET_VALUE.test(text) ? [`${path}: holds what looks like a key or a password`] : [];
  });

export const namesSaySoAndStay: Rule = (manifests) =>
  manifests.flatMap(({ path, object: { kind, metadata } }) => {
    const isNamed = path.endsWith(`/${kind}.${metadata.name}.yaml`) && !/[0-9a-f]{8}$/.test(metadata.name);
    const missing = ['name', 'component', 'part-of', 'managed-by']
      .map((label) => `app.kubernetes.io/${label}`)
      .filter((label) => metadata.labels?.[label] === undefined);
    const isPlaced = kind === 'Namespace' || metadata.namespace !== undefined;
    return isNamed && isPlaced && missing.length === 0 ? [] : [`${path}: name, namespace or labels are left to chance`];
  });

/** What a pod refers to lies in the same environment, but for the Secret, which is never in Git. */
export const referencesExist: Rule = (manifests) => {
  const existing = new Set(
    manifests.map(({ path, object }) => `${path.split('/')[0]} ${object.kind} ${object.metadata.name}`),
  );
  return podsOf(manifests).flatMap(({ path, pod }) => {
    const wanted = [
      `ServiceAccount ${pod.serviceAccountName}`,
      ...(pod.volumes ?? []).flatMap(({ configMap }) => (configMap ? [`ConfigMap ${configMap.name}`] : [])),
    ];
    return wanted
      .filter((reference) => !existing.has(`${path.split('/')[0]} ${reference}`))
      .map((reference) => `${path}: there is no ${reference}`);
  });
};

function deploymentsOf(manifests: readonly CommittedManifest[]): { path: string; deployment: Deployment }[] {
  return manifests
    .filter(({ object }) => object.kind === 'Deployment')
    .map(({ path, object }) => ({ path, deployment: object as Deployment }));
}

function podsOf(manifests: readonly CommittedManifest[]): { path: string; pod: PodSpec }[] {
  return deploymentsOf(manifests).map(({ path, deployment }) => ({ path, pod: deployment.spec.template.spec }));
}

function ofContainers(find: (container: Container) => string | undefined): Rule {
  return (manifests) =>
    podsOf(manifests).flatMap(({ path, pod }) =>
      pod.containers.flatMap((container) => {
        const finding = find(container);
        return finding === undefined ? [] : [`${path}: ${finding}`];
      }),
    );
}
