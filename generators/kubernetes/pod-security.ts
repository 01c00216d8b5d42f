import type { k8s } from 'cdk8s-plus-30';

// Pod Security is judged by the rules of this version, so that an upgrade of the cluster refuses no running pod.
const POD_SECURITY_VERSION = 'v1.36';

// The user `node` of Node's images. The stock LiteLLM image runs under any user.
const USER_ID = 1000;

/** Namespace labels that make the API server refuse every pod which is not hardened. */
export function restrictedNamespaceLabels(): Record<string, string> {
  const modes = ['enforce', 'audit', 'warn'];
  return Object.fromEntries(
    modes.flatMap((mode) => [
      [`pod-security.kubernetes.io/${mode}`, 'restricted'],
      [`pod-security.kubernetes.io/${mode}-version`, POD_SECURITY_VERSION],
    ]),
  );
}

export const podSecurityContext: k8s.PodSecurityContext = {
  runAsNonRoot: true,
  runAsUser: USER_ID,
  runAsGroup: USER_ID,
  // emptyDirs belong to root without it.
  fsGroup: USER_ID,
  seccompProfile: { type: 'RuntimeDefault' },
};

export const containerSecurityContext: k8s.SecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  privileged: false,
  readOnlyRootFilesystem: true,
};
