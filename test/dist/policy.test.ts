import { describe, expect, it } from 'vitest';
import { readCommittedManifests, type CommittedManifest } from './manifests.ts';
import {
  configurationIsAFolder,
  containersStateResources,
  imagesArePinned,
  namesSaySoAndStay,
  nothingIsSecret,
  podsAreHardened,
  probesSpareTheDatabase,
  referencesExist,
  rolloutsLoseNoRequest,
  selectorsAreStable,
  writableFoldersAreBounded,
  type Deployment,
  type Rule,
} from './policy-rules.ts';

interface RuleCase {
  readonly title: string;
  readonly rule: Rule;
  /** Changes that the rule must find, each made to one Deployment. */
  readonly broken: readonly ((deployment: Deployment) => void)[];
}

const RULES: readonly RuleCase[] = [
  {
    title: 'images are pinned by version and by a digest that a registry gave',
    rule: imagesArePinned,
    broken: [
      withImage('cr.example.com/tollgate/gateway:0.1.0'),
      withImage(`cr.example.com/tollgate/gateway@sha256:${'3f'.repeat(32)}`),
      withImage('cr.example.com/tollgate/gateway:latest@sha256:unresolved'),
      withImage(`cr.example.com/tollgate/gateway:0.1.0@sha256:${'0'.repeat(64)}`),
      withImage(`cr.example.com/tollgate/gateway:0.1.0@sha256:${'0123456789abcdef'.repeat(4)}`),
    ],
  },
  {
    title: 'pods run without privileges, without a token and on a read-only root',
    rule: podsAreHardened,
    broken: [
      ({ spec }) => Object.assign(spec.template.spec, { automountServiceAccountToken: true }),
      ({ spec }) => Object.assign(spec.template.spec.securityContext ?? {}, { runAsUser: 0 }),
      ({ spec }) => Object.assign(spec.template.spec.containers[0].securityContext ?? {}, { capabilities: {} }),
      ({ spec }) => Object.assign(spec.template.spec.containers[0], { securityContext: undefined }),
    ],
  },
  {
    title: 'containers state what they need and what they may take',
    rule: containersStateResources,
    broken: [({ spec }) => Object.assign(spec.template.spec.containers[0].resources ?? {}, { limits: { cpu: '1' } })],
  },
  {
    title: 'liveness gives up after three failures and never looks at the database',
    rule: probesSpareTheDatabase,
    broken: [
      ({ spec }) => Object.assign(spec.template.spec.containers[0].livenessProbe ?? {}, { failureThreshold: 1 }),
      ({ spec }) =>
        Object.assign(spec.template.spec.containers[0].livenessProbe ?? {}, { httpGet: { path: '/health/readiness' } }),
    ],
  },
  {
    title: 'a rollout adds a pod before it takes one away, and lets requests end',
    rule: rolloutsLoseNoRequest,
    broken: [
      ({ spec }) => Object.assign(spec.strategy?.rollingUpdate ?? {}, { maxUnavailable: 1 }),
      ({ spec }) => Object.assign(spec.template.spec, { terminationGracePeriodSeconds: 30 }),
    ],
  },
  {
    title: 'selectors are two labels that never change',
    rule: selectorsAreStable,
    broken: [
      ({ spec }) => Object.assign(spec.selector.matchLabels, { 'cdk8s.io/metadata.addr': 'gateway-c8a1f0d2' }),
      ({ spec }) => Object.assign(spec.template.metadata.labels, { 'app.kubernetes.io/name': 'other' }),
    ],
  },
  {
    title: 'writable folders have a size',
    rule: writableFoldersAreBounded,
    broken: [({ spec }) => spec.template.spec.volumes?.push({ name: 'more', emptyDir: {} })],
  },
  {
    title: 'configuration is mounted as a folder, which follows its ConfigMap',
    rule: configurationIsAFolder,
    broken: [
      ({ spec }) => spec.template.spec.containers[0].volumeMounts?.push({ name: 'config', subPath: 'config.yaml' }),
    ],
  },
  {
    title: 'names, namespaces and labels are written out',
    rule: namesSaySoAndStay,
    broken: [
      ({ metadata }) => Object.assign(metadata, { name: 'gateway-deployment-c8a1f0d2' }),
      ({ metadata }) => Object.assign(metadata, { namespace: undefined }),
      ({ metadata }) => Object.assign(metadata, { labels: {} }),
    ],
  },
  {
    title: 'what a pod refers to is there',
    rule: referencesExist,
    broken: [
      ({ spec }) => Object.assign(spec.template.spec, { serviceAccountName: 'other' }),
      ({ spec }) => spec.template.spec.volumes?.push({ name: 'more', configMap: { name: 'more' } }),
    ],
  },
];

describe('the committed manifests', () => {
  const manifests = readCommittedManifests();

  it('are there', () => {
    expect(manifests.map(({ path }) => path)).toContain('dev/gateway/Deployment.gateway.yaml');
  });

  it.each(RULES)('$title', ({ rule }) => {
    expect(rule(manifests)).toEqual([]);
  });

  it.each(RULES)('would be refused otherwise: $title', ({ rule, broken }) => {
    for (const change of broken) expect(rule(withBrokenDeployment(manifests, change))).not.toEqual([]);
  });

  it('hold no secret', () => {
    expect(nothingIsSecret(manifests)).toEqual([]);
  });

  it.each([
    'kind: Secret\nmetadata: { name: a }',
    'key: sk-Ab12Ab12Ab12Ab12Ab12',
    'url: postgres://gateway:hunter2@db.example.com/spend',
    '-----BEGIN RSA PRIVATE KEY-----',
  ])('would be refused with %j in them', (text) => {
    const kind = text.startsWith('kind') ? 'Secret' : 'ConfigMap';
    const object = { apiVersion: 'v1', kind, metadata: { name: 'a' } };

    expect(nothingIsSecret([{ path: `dev/gateway/${kind}.a.yaml`, text, object }])).toHaveLength(1);
  });
});

function withImage(image: string): (deployment: Deployment) => void {
  return ({ spec }) => Object.assign(spec.template.spec.containers[0], { image });
}

function withBrokenDeployment(
  manifests: readonly CommittedManifest[],
  change: (deployment: Deployment) => void,
): CommittedManifest[] {
  const copies = structuredClone([...manifests]);
  for (const { object } of copies) if (object.kind === 'Deployment') change(object as Deployment);
  return copies;
}
