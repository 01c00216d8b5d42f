import { mountsHaveAVolume, pathsAreMounted } from './path-rules.ts';
import { filledSecretsAreMounted, referencesExist } from './reference-rules.ts';
import { remove, set, type Break, type RuleCase } from './rule.ts';

const POD = 'spec.template.spec';
const CONTAINER = `${POD}.containers.0`;

export const REFERENCE_CASES: readonly RuleCase[] = [
  {
    title: 'what a pod refers to is there',
    rule: referencesExist,
    broken: {
      'no account': remove('ServiceAccount'),
      'no configuration': remove('ConfigMap.gateway-config'),
      'no secrets': remove('SecretProviderClass'),
      'no priority class': remove('PriorityClass'),
      'the account that every namespace has': set('Deployment', `${POD}.serviceAccountName`, undefined),
      'a Secret that nobody fills': set('Job', `${POD}.volumes`, [{ name: 'a', secret: { secretName: 'a' } }]),
      'a variable from a ConfigMap that is not there': set('Deployment', `${CONTAINER}.env.0.valueFrom`, {
        configMapKeyRef: { name: 'other', key: 'a' },
      }),
      'a configuration in another namespace': set('ConfigMap.gateway-config', 'metadata.namespace', 'argocd'),
    },
  },
  {
    title: 'a Secret that is filled while the pod starts is mounted by it',
    rule: filledSecretsAreMounted,
    broken: { 'a Secret whose class is not mounted': both(fillSecret, readSecret) },
  },
  {
    title: 'the paths that a container is told are mounted',
    rule: pathsAreMounted,
    broken: {
      'a file that the ConfigMap does not hold': set('Deployment', `${CONTAINER}.args.1`, '/etc/tollgate/other.yaml'),
      'a file of a Job that the ConfigMap does not hold': set('Job.gateway-migration', `${CONTAINER}.command`, [
        'node',
        'proxy/migrate.ts',
        '--config=/etc/tollgate/other.yaml',
      ]),
      'a folder that is not mounted': set('Deployment', `${CONTAINER}.env.0.value`, '/var/lib/other'),
      'a ConfigMap with another key': set('ConfigMap.gateway-config', 'data', { 'other.yaml': '' }),
      'another folder for the configuration': set('Deployment', `${CONTAINER}.volumeMounts.0.mountPath`, '/etc/other'),
    },
  },
  {
    title: 'volumes and mounts belong together',
    rule: mountsHaveAVolume,
    broken: {
      'a mount without a volume': set('Deployment', `${CONTAINER}.volumeMounts.0.name`, 'other'),
      'a volume that nobody mounts': set('Job.gateway-migration', `${CONTAINER}.volumeMounts`, []),
    },
  },
];

function fillSecret(manifests: Parameters<Break>[0]) {
  return set('SecretProviderClass', 'spec.secretObjects', [{ secretName: 'gateway-secrets' }])(manifests);
}

function readSecret(manifests: Parameters<Break>[0]) {
  const variable = { name: 'A', valueFrom: { secretKeyRef: { name: 'gateway-secrets', key: 'A' } } };
  return set('Job.gateway-smoke-test', `${CONTAINER}.env`, [variable])(manifests);
}

function both(first: Break, second: Break): Break {
  return (manifests) => second(first(manifests));
}
