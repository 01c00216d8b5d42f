import type { Rule } from './rule.ts';
import { containersOf, deploymentsOf, workloadsOf, type Container, type Workload } from './workloads.ts';

// What a single pod may be, whoever makes it.

export const podsAreHardened: Rule = ofPods(({ pod }) => {
  const { securityContext: own } = pod;
  const sharesNode = pod.hostNetwork === true || pod.hostPID === true || pod.hostIPC === true;
  if (sharesNode || pod.volumes?.some(({ hostPath }) => hostPath !== undefined)) return 'a pod reaches into its node';
  if (own?.runAsNonRoot !== true || (own.runAsUser ?? 0) === 0) return 'a pod may run as root';
  if (own.seccompProfile?.type !== 'RuntimeDefault') return 'a pod may make any system call';
  return pod.automountServiceAccountToken === false ? undefined : 'a pod gets a token that it does not need';
});

export const containersAreHardened = ofContainers(({ securityContext: own }) => {
  if (own?.allowPrivilegeEscalation !== false || own.privileged === true) return 'a container may gain privileges';
  if (own.readOnlyRootFilesystem !== true) return 'a container can change its own files';
  const { drop = [], add = [] } = own.capabilities ?? {};
  return drop.includes('ALL') && add.length === 0 ? undefined : 'a container keeps capabilities';
});

export const containersStateResources = ofContainers(({ resources }) => {
  const stated = [resources?.requests, resources?.limits].flatMap((amounts) => [amounts?.['cpu'], amounts?.['memory']]);
  return stated.includes(undefined) ? 'requests and limits of cpu and memory are not all stated' : undefined;
});

export const writableFoldersAreBounded: Rule = ofPods(({ pod }) => {
  const unbounded = (pod.volumes ?? []).find(({ emptyDir }) => emptyDir !== undefined && !emptyDir.sizeLimit);
  return unbounded && `the folder ${unbounded.name} may fill the node`;
});

/** A file mounted by subPath stays as it was when its ConfigMap changes. */
export const volumesAreFolders = ofContainers(({ volumeMounts = [] }) =>
  volumeMounts.some(({ subPath }) => subPath !== undefined) ? 'a subPath never follows its source' : undefined,
);

const STOCK_LITELLM = /\/berriai\/litellm:/;

/** Variables are seen by whoever can look at the pod, and never change. Stock LiteLLM, which reads no file, has them. */
export const secretsAreFiles = ofContainers(({ image, env = [], envFrom = [] }) => {
  if (STOCK_LITELLM.test(image)) return undefined;
  const fromSecret = env.find(({ valueFrom }) => valueFrom?.secretKeyRef !== undefined);
  if (fromSecret !== undefined) return `the variable ${fromSecret.name} comes from a Secret`;
  return envFrom.some(({ secretRef }) => secretRef !== undefined) ? 'variables come from a Secret' : undefined;
});

/** A pod that restarts because its database is away would lose what it still could serve. Jobs end by themselves. */
export const probesSpareTheDatabase: Rule = (manifests) =>
  deploymentsOf(manifests).flatMap(({ path, deployment }) =>
    deployment.spec.template.spec.containers.flatMap(({ name, livenessProbe, readinessProbe, startupProbe }) => {
      const isSound =
        livenessProbe?.httpGet?.path === '/health/liveliness' &&
        livenessProbe.failureThreshold === 3 &&
        readinessProbe?.httpGet?.path === '/health/readiness' &&
        startupProbe !== undefined;
      return isSound ? [] : [`${path}: liveness, readiness or start of ${name} is asked in another way`];
    }),
  );

function ofPods(find: (workload: Workload) => string | undefined): Rule {
  return (manifests) =>
    workloadsOf(manifests).flatMap((workload) => {
      const finding = find(workload);
      return finding === undefined ? [] : [`${workload.path}: ${finding}`];
    });
}

function ofContainers(find: (container: Container) => string | undefined): Rule {
  return (manifests) =>
    workloadsOf(manifests).flatMap((workload) =>
      containersOf(workload).flatMap((container) => {
        const finding = find(container);
        return finding === undefined ? [] : [`${workload.path}: ${finding}`];
      }),
    );
}
