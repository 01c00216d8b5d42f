import {
  foldersHaveOneApplication,
  hooksFindWhatTheyNeed,
  jobsAreHooksThatEnd,
  namespacesComeFirst,
  projectsAllowTheirApplications,
  projectsAreClosed,
} from './argo-cd-rules.ts';
import { add, remove, set, type RuleCase } from './rule.ts';

const annotation = (name: string) => ['metadata', 'annotations', `argocd.argoproj.io/${name}`];

export const ARGO_CD_CASES: readonly RuleCase[] = [
  {
    title: 'each folder is followed by one Application of its environment',
    rule: foldersHaveOneApplication,
    broken: {
      'a component that nobody applies': remove('Application.gateway'),
      'a folder that is not there': set('Application.gateway', 'spec.source.path', 'dist/dev/other'),
      'a folder of another environment': set('Application.gateway', 'spec.source.path', 'dist/prod/gateway'),
      'two Applications for one folder': set('Application.namespaces', 'spec.source.path', 'dist/dev/gateway'),
      'the DNS of the cluster': set('Application.gateway', 'spec.source.path', 'dist/dev/coredns'),
    },
  },
  {
    title: 'projects allow what their Applications hold',
    rule: projectsAllowTheirApplications,
    broken: {
      'a project that is not there': set('Application.gateway', 'spec.project', 'other'),
      'another repository': set('Application.gateway', 'spec.source.repoURL', 'https://github.com/example/other'),
      'a kind that is not allowed': add('gateway', object('rbac.authorization.k8s.io/v1', 'Role', 'tollgate')),
      'a kind of the cluster': add('gateway', object('rbac.authorization.k8s.io/v1', 'ClusterRole')),
      'a namespace of others': set('Service.gateway', 'metadata.namespace', 'argocd'),
    },
  },
  {
    title: 'projects list what they allow',
    rule: projectsAreClosed,
    broken: {
      'any namespace': set('AppProject.dev', 'spec.destinations', [{ server: 'https://a', namespace: '*' }]),
      'any kind of the cluster': set('AppProject.dev', 'spec.clusterResourceWhitelist', [{ group: '*', kind: '*' }]),
      'any repository': set('AppProject.prod', 'spec.sourceRepos', ['*']),
    },
  },
  {
    title: 'Jobs are hooks that end and make room for the next',
    rule: jobsAreHooksThatEnd,
    broken: {
      'a Job that is no hook': set('Job.gateway-migration', annotation('hook'), undefined),
      'a hook before anything is there': set('Job.gateway-migration', annotation('hook'), 'PreSync'),
      'a Job that stays': set('Job.gateway-smoke-test', annotation('hook-delete-policy'), undefined),
      'a Job that runs for ever': set('Job', 'spec.activeDeadlineSeconds', undefined),
      'a Job that is tried for ever': set('Job', 'spec.backoffLimit', undefined),
    },
  },
  {
    title: 'what a hook needs is applied before it',
    rule: hooksFindWhatTheyNeed,
    broken: {
      'an account in the wave of the hook': set('ServiceAccount.gateway', annotation('sync-wave'), '-1'),
      'a configuration without a wave': set('ConfigMap.gateway-config', annotation('sync-wave'), undefined),
      'secrets after the hook': set('SecretProviderClass', annotation('sync-wave'), '0'),
      'a hook that is too early': set('Job.gateway-migration', annotation('sync-wave'), '-2'),
    },
  },
  {
    title: 'namespaces come before what lives in them',
    rule: namespacesComeFirst,
    broken: {
      'namespaces that come last': set('Application.namespaces', annotation('sync-wave'), '5'),
      'a component that does not wait': set('Application.network-policy', annotation('sync-wave'), '-5'),
    },
  },
];

function object(apiVersion: string, kind: string, namespace?: string) {
  return { apiVersion, kind, metadata: { name: 'other', ...(namespace !== undefined && { namespace }) } };
}
