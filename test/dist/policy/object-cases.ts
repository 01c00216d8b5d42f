import {
  fieldsAreKnown,
  namesSaySoAndStay,
  namespacesAreGuarded,
  namespacesAreWrittenOut,
  nothingIsSecret,
  objectsStandOnce,
} from './object-rules.ts';
import { add, remove, set, type Break, type RuleCase } from './rule.ts';

export const OBJECT_CASES: readonly RuleCase[] = [
  {
    title: 'names and labels are written out',
    rule: namesSaySoAndStay,
    broken: {
      'a derived name': add('gateway', service('gateway-service-c8a1f0d2')),
      'a name that is not that of the file': set('Deployment', 'metadata.name', 'other'),
      'an object without labels': set('PodDisruptionBudget', 'metadata.labels', undefined),
    },
  },
  {
    title: 'namespaces are written out and rendered',
    rule: namespacesAreWrittenOut,
    broken: {
      'an object without a namespace': set('Deployment', 'metadata.namespace', undefined),
      'a namespace that nobody makes': set('Service', 'metadata.namespace', 'default'),
      'a namespace that is not there': remove('Namespace.tollgate'),
    },
  },
  {
    title: 'no object stands in two places',
    rule: objectsStandOnce,
    broken: { 'an object of another component': add('ingress', service('gateway')) },
  },
  {
    title: 'namespaces enforce Pod Security and are never deleted',
    rule: namespacesAreGuarded,
    broken: {
      'a namespace that admits any pod': set('Namespace.tollgate', 'metadata.labels', {}),
      'rules that change with the cluster': set(
        'Namespace',
        ['metadata', 'labels', 'pod-security.kubernetes.io/enforce-version'],
        'latest',
      ),
      'a namespace that may be pruned': set(
        'Namespace.argocd',
        ['metadata', 'annotations', 'argocd.argoproj.io/sync-options'],
        'Delete=false',
      ),
    },
  },
  {
    title: 'Kubernetes knows every field',
    rule: fieldsAreKnown,
    broken: {
      'a misspelt field': set('Deployment', 'spec.template.spec.containers.0.readynessProbe', {}),
      'a field at the wrong place': set('NetworkPolicy', 'spec.ports', []),
      'a text for a number': set('Deployment', 'spec.revisionHistoryLimit', '5'),
      'a kind that nobody renders': add('gateway', { ...service('a'), kind: 'Secret' }),
    },
  },
  {
    title: 'nothing is secret',
    rule: nothingIsSecret,
    broken: {
      'a Secret': add('gateway', { ...service('keys'), kind: 'Secret' }),
      'a key': withText('Authorization: Bearer sk-Ab12Ab12Ab12Ab12Ab12'),
      'a password in an address': withText('url: postgres://gateway:hunter2@db.example.com/spend'),
      'a private key': withText('-----BEGIN RSA PRIVATE KEY-----'),
      'a password in a field': withText('  redis_password: hunter2'),
      'a secret of a client': withText('clientSecret: "8Q~x"'),
    },
  },
];

function service(name: string) {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'tollgate' } };
}

function withText(text: string): Break {
  const object = { ...service('a'), kind: 'ConfigMap' };
  return (manifests) => [...manifests, { path: 'dev/gateway/ConfigMap.a.yaml', text, object }];
}
