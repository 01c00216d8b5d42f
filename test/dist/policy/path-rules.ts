import type { Rule } from './rule.ts';
import { findReferred } from './reference-rules.ts';
import type { CommittedManifest } from '../manifests.ts';
import { containersOf, workloadsOf, type Container, type Workload } from './workloads.ts';

const ABSOLUTE = /^\/[\w.-]+(?:\/[\w.-]+)*$/;

/** Every path that a container is told, in its command or a variable, lies in a folder that is mounted there. */
export const pathsAreMounted: Rule = (manifests) =>
  workloadsOf(manifests).flatMap((workload) =>
    containersOf(workload).flatMap((container) =>
      pathsOf(container)
        .filter((path) => !isThere(manifests, workload, container, path))
        .map((path) => `${workload.path}: ${container.name} has no ${path}`),
    ),
  );

export const mountsHaveAVolume: Rule = (manifests) =>
  workloadsOf(manifests).flatMap((workload) => {
    const volumes = (workload.pod.volumes ?? []).map(({ name }) => name);
    const mounted = containersOf(workload).flatMap(({ volumeMounts = [] }) => volumeMounts.map(({ name }) => name));
    return [
      ...mounted
        .filter((name) => !volumes.includes(name))
        .map((name) => `${workload.path}: no volume is called ${name}`),
      ...volumes.filter((name) => !mounted.includes(name)).map((name) => `${workload.path}: nobody mounts ${name}`),
    ];
  });

function pathsOf({ command = [], args = [], env = [] }: Container): string[] {
  const words = [...command, ...args, ...env.map(({ value = '' }) => value)];
  // Both `--config /a` and `--config=/a`.
  return words.map((word) => word.replace(/^--[\w-]+=/, '')).filter((word) => ABSOLUTE.test(word));
}

function isThere(manifests: readonly CommittedManifest[], workload: Workload, container: Container, path: string) {
  const mounts = (container.volumeMounts ?? []).filter(({ mountPath }) => `${path}/`.startsWith(`${mountPath}/`));
  const mount = mounts.toSorted((one, other) => other.mountPath.length - one.mountPath.length)[0];
  if (mount === undefined) return false;
  const volume = workload.pod.volumes?.find(({ name }) => name === mount.name);
  if (volume?.configMap === undefined || path === mount.mountPath) return volume !== undefined;

  const configMap = findReferred(manifests, workload, { kind: 'ConfigMap', name: volume.configMap.name });
  const file = path.slice(mount.mountPath.length + 1);
  const files = volume.configMap.items?.map((item) => item.path) ?? Object.keys(configMap?.object['data'] ?? {});
  return files.includes(file);
}
