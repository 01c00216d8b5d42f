import {
  containersAreHardened,
  containersStateResources,
  podsAreHardened,
  probesSpareTheDatabase,
  secretsAreFiles,
  volumesAreFolders,
  writableFoldersAreBounded,
} from './pod-rules.ts';
import { set, type RuleCase } from './rule.ts';

const POD = 'spec.template.spec';
const CONTAINER = `${POD}.containers.0`;

export const POD_CASES: readonly RuleCase[] = [
  {
    title: 'pods are no root, have no token and stay out of their node',
    rule: podsAreHardened,
    broken: {
      'a token in a pod': set('Deployment', `${POD}.automountServiceAccountToken`, true),
      'a token in a pod of a Job': set('Job', `${POD}.automountServiceAccountToken`, undefined),
      'a pod that runs as root': set('Deployment', `${POD}.securityContext.runAsUser`, 0),
      'a pod that may run as root': set('Job', `${POD}.securityContext.runAsNonRoot`, undefined),
      'a pod without seccomp': set('Deployment', `${POD}.securityContext.seccompProfile`, undefined),
      "a pod in its node's network": set('Deployment', `${POD}.hostNetwork`, true),
      'a folder of the node': set('Deployment', `${POD}.volumes`, [{ name: 'node', hostPath: { path: '/' } }]),
    },
  },
  {
    title: 'containers have no privileges and a read-only root',
    rule: containersAreHardened,
    broken: {
      'a container without a security context': set('Deployment', `${CONTAINER}.securityContext`, undefined),
      'a container that keeps capabilities': set('Job', `${CONTAINER}.securityContext.capabilities`, {}),
      'a capability that is added': set('Job', `${CONTAINER}.securityContext.capabilities.add`, ['NET_ADMIN']),
      'a root that can be written': set('Deployment', `${CONTAINER}.securityContext.readOnlyRootFilesystem`, false),
      'an init container that is not hardened': set('Deployment', `${POD}.initContainers`, [{ name: 'first' }]),
    },
  },
  {
    title: 'containers state what they need and what they may take',
    rule: containersStateResources,
    broken: {
      'no limit of memory': set('Deployment', `${CONTAINER}.resources.limits`, { cpu: '1' }),
      'no requests of a Job': set('Job', `${CONTAINER}.resources.requests`, undefined),
    },
  },
  {
    title: 'writable folders have a size',
    rule: writableFoldersAreBounded,
    broken: {
      'a folder that may fill the node': set('Deployment', `${POD}.volumes`, [{ name: 'tmp', emptyDir: {} }]),
    },
  },
  {
    title: 'volumes are mounted as folders, which follow their source',
    rule: volumesAreFolders,
    broken: {
      'a single file': set('Deployment', `${CONTAINER}.volumeMounts.0.subPath`, 'config.yaml'),
    },
  },
  {
    title: 'secrets are files, but for stock LiteLLM',
    rule: secretsAreFiles,
    broken: {
      'a variable from a Secret': set('Deployment', `${CONTAINER}.env.0.valueFrom`, { secretKeyRef: { name: 'a' } }),
      'all variables of a Secret': set('Job', `${CONTAINER}.envFrom`, [{ secretRef: { name: 'a' } }]),
    },
  },
  {
    title: 'liveness gives up after three failures and never looks at the database',
    rule: probesSpareTheDatabase,
    broken: {
      'an impatient probe': set('Deployment', `${CONTAINER}.livenessProbe.failureThreshold`, 1),
      'a liveness that looks at the database': set(
        'Deployment',
        `${CONTAINER}.livenessProbe.httpGet.path`,
        '/health/readiness',
      ),
      'no readiness': set('Deployment', `${CONTAINER}.readinessProbe`, undefined),
      'no patience at the start': set('Deployment', `${CONTAINER}.startupProbe`, undefined),
    },
  },
];
