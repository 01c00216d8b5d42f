import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONTROL_PLANE_PROGRAMS } from '../../generators/local-cluster/control-plane.ts';
import { startMetricsStandIn, type MetricsStandIn } from '../../generators/local-cluster/metrics-stand-in.ts';
import { waitUntil } from '../../generators/local-cluster/wait-until.ts';
import { describeWithPrograms } from '../support/real-program.ts';
import { extraRights } from './account-rights.ts';
import { startEnvironmentCluster, type EnvironmentCluster } from './environment-cluster.ts';
import { committedEnvironments, type KubernetesObject } from './manifests.ts';
import { renderVariants } from './policy/variants.ts';
import type { Deployment } from './policy/workloads.ts';

const IN_NAMESPACE = '--namespace=tollgate';
const GATEWAY_PODS = '--selector=app.kubernetes.io/component=gateway';
const READY = '-o=jsonpath={.items[*].endpoints[*].conditions.ready}';
const DRY_RUN = '--dry-run=server';
/** Argo CD's own finalizer has a name of the old kind. */
const KNOWN_WARNING = /^Warning: metadata\.finalizers: "resources-finalizer\.argocd\.argoproj\.io": prefer a domain-/;
/** What each account may do beside what every account may. Nothing that we render asks the API server for anything. */
const RIGHTS: Readonly<Record<string, readonly string[]>> = { 'tollgate/gateway': [] };

/** The share of its request at which a pod is as busy as it should be. */
const TARGET = 0.7;

interface Autoscaler extends KubernetesObject {
  readonly spec: { readonly minReplicas: number; readonly maxReplicas: number };
}

describeWithPrograms(CONTROL_PLANE_PROGRAMS, 'dist/ on a real Kubernetes API server', () => {
  describe.each(committedEnvironments())('%s', (environment) => {
    let on: EnvironmentCluster;
    let deployment: Deployment;
    let autoscaler: Autoscaler;
    let metrics: MetricsStandIn;

    beforeAll(async () => {
      on = await startEnvironmentCluster(environment);
      deployment = on.objects.find(({ kind }) => kind === 'Deployment') as Deployment;
      autoscaler = on.objects.find(({ kind }) => kind === 'HorizontalPodAutoscaler') as Autoscaler;
      metrics = await startMetricsStandIn(on.cluster, shareOf(deployment, TARGET));
    });

    afterAll(() => {
      metrics?.close();
      on?.stop();
    });

    it('is accepted with strict validation and without a warning', async () => {
      const applied = await on.apply(on.objects);

      expect(warningsOf(applied.stderr)).toEqual([]);
      expect(applied.stdout.trim().split('\n')).toHaveLength(on.objects.length);
      expect(applied.exitCode).toBe(0);
    });

    it('rolls every Deployment out where Pod Security enforces restricted', async () => {
      const deployments = on.objects.filter(({ kind }) => kind === 'Deployment');
      for (const { metadata } of deployments)
        await on.run(['rollout', 'status', `deployment/${metadata.name}`, `-n=${metadata.namespace}`, '--timeout=60s']);

      const namespace = await on.read('namespace/tollgate');
      expect(namespace.metadata.labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted' });
      expect(await refusedPods()).toBe('');
    });

    it('completes the Jobs around a sync', async () => {
      const jobs = on.objects.filter(({ kind }) => kind === 'Job').map(({ metadata }) => `job/${metadata.name}`);

      const done = await on.run(['wait', '--for=condition=Complete', ...jobs, IN_NAMESPACE, '--timeout=60s']);

      expect(done.trim().split('\n')).toHaveLength(jobs.length);
      expect(await refusedPods()).toBe('');
    });

    it('scales the gateway to its least number of pods, all of which its Services find', async () => {
      const least = autoscaler.spec.minReplicas;

      await waitUntil('there are enough pods', async () => (await replicas()) === least);

      for (const service of ['gateway', 'gateway-pods'])
        await waitUntil(`the Service ${service} has its pods`, async () => {
          const slices = `--selector=kubernetes.io/service-name=${service}`;
          const ready = await on.run(['get', 'endpointslices', IN_NAMESPACE, slices, READY]);
          return ready.split(' ').filter((word) => word === 'true').length === least;
        });
      expect(await podNames()).toHaveLength(least);
    });

    it('lets one pod be evicted at a time', async () => {
      await on.run(['cordon', 'node-1']);
      const [first = '', second = ''] = await podNames();

      const evicted = await evict(first);
      const refused = await evict(second);

      await on.run(['uncordon', 'node-1']);
      expect(evicted.exitCode).toBe(0);
      expect(refused.exitCode).not.toBe(0);
      expect(refused.stderr).toContain("Cannot evict pod as it would violate the pod's disruption budget");
      await on.run(['rollout', 'status', 'deployment/gateway', IN_NAMESPACE, '--timeout=60s']);
    });

    it('adds pods while they have much to do', async () => {
      metrics.setCpu(shareOf(deployment, 1.4));

      await waitUntil('there are more pods', async () => (await replicas()) > autoscaler.spec.minReplicas);

      // As much as the autoscaler aims at, so that it leaves everything as it is.
      metrics.setCpu(shareOf(deployment, TARGET));
      const { status } = await on.read<LiveAutoscaler>('hpa/gateway', IN_NAMESPACE);
      expect(status.conditions).toContainEqual(expect.objectContaining({ type: 'ScalingActive', status: 'True' }));
    });

    it('changes nothing when it is applied again, the number of pods neither', async () => {
      await waitUntil('the autoscaler is content', async () => {
        const { status } = await on.read<LiveAutoscaler>('hpa/gateway', IN_NAMESPACE);
        const isContent = status.currentMetrics[0]?.resource.current.averageUtilization === TARGET * 100;
        return isContent && (await replicas()) === status.desiredReplicas;
      });
      const before = await generations();
      const pods = await replicas();

      await on.apply(on.objects);

      expect(await generations()).toEqual(before);
      expect(await replicas()).toBe(pods);
    });

    it('takes pods away when they have little to do', async () => {
      // The rendered autoscaler waits for ten minutes of little to do; this test does not.
      const patch = { spec: { behavior: { scaleDown: { stabilizationWindowSeconds: 0 } } } };
      await on.run(['patch', 'hpa/gateway', IN_NAMESPACE, '--type=merge', `-p=${JSON.stringify(patch)}`]);
      const pods = await replicas();
      metrics.setCpu('10m');

      await waitUntil('there are fewer pods', async () => (await replicas()) < pods);

      expect(await replicas()).toBeGreaterThanOrEqual(autoscaler.spec.minReplicas);
    });

    it('gives no account more than is written down', async () => {
      const rendered = on.objects.filter(({ kind }) => kind === 'ServiceAccount').map(({ metadata }) => metadata);
      const rights = await Promise.all(
        rendered.map(async ({ namespace = '', name }) => [
          `${namespace}/${name}`,
          await extraRights(on, namespace, name),
        ]),
      );

      expect(Object.fromEntries(rights)).toEqual(RIGHTS);
    });

    it('would show a right that an account is given', async () => {
      await on.run([
        'create',
        'rolebinding',
        'much',
        '--clusterrole=view',
        '--serviceaccount=tollgate:gateway',
        IN_NAMESPACE,
      ]);

      const rights = await extraRights(on, 'tollgate', 'gateway');

      await on.run(['delete', 'rolebinding', 'much', IN_NAMESPACE]);
      expect(rights).toContain('configmaps get list watch');
    });

    it('would be refused with a misspelt field', async () => {
      const broken = structuredClone(deployment);
      Object.assign(broken.spec.template.spec.containers[0], { readynessProbe: {} });

      const applied = await on.apply([broken], DRY_RUN);

      expect(applied.exitCode).not.toBe(0);
      expect(applied.stderr).toContain('readynessProbe: field not declared in schema');
    });

    // The variants are those of dev, and each object is tried once.
    it.runIf(environment === 'dev')('would take what other settings render', async () => {
      const committed = new Set(on.objects.map((object) => JSON.stringify(object)));
      const rendered = renderVariants().flatMap(({ manifests }) =>
        manifests.map(({ object }) => JSON.stringify(object)),
      );
      const others = [...new Set(rendered)].filter((text) => !committed.has(text));

      const applied = await on.apply(
        others.map((text) => JSON.parse(text) as object),
        DRY_RUN,
        '--force-conflicts',
      );

      expect(warningsOf(applied.stderr)).toEqual([]);
      expect(applied.stdout.trim().split('\n')).toHaveLength(others.length);
    });

    it.each([
      ['privileged', { privileged: true, allowPrivilegeEscalation: undefined }],
      ['allowPrivilegeEscalation', { allowPrivilegeEscalation: true }],
      ['unrestricted capabilities', { capabilities: {} }],
    ])('would be refused with %s', async (finding, change) => {
      const pod = podOf(deployment);
      Object.assign(pod.spec.containers[0].securityContext ?? {}, change);

      const applied = await on.apply([pod], DRY_RUN);

      expect(applied.exitCode).not.toBe(0);
      expect(applied.stderr).toContain('violates PodSecurity "restricted:v1.36"');
      expect(applied.stderr).toContain(finding);
    });

    it('admits that pod as it is rendered', async () => {
      expect(await on.apply([podOf(deployment)], DRY_RUN)).toMatchObject({ exitCode: 0, stderr: '' });
    });

    function refusedPods(): Promise<string> {
      return on.run(['get', 'events', '--all-namespaces', '--field-selector=reason=FailedCreate', '-o=name']);
    }

    async function replicas(): Promise<number> {
      const { status } = await on.read<{ status: { readyReplicas?: number } }>('deployment/gateway', IN_NAMESPACE);
      return status.readyReplicas ?? 0;
    }

    async function podNames(): Promise<string[]> {
      const names = await on.run(['get', 'pods', IN_NAMESPACE, GATEWAY_PODS, '-o=name']);
      return names.trim().split('\n');
    }

    function evict(pod: string) {
      const [, name = ''] = pod.split('/');
      const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace: 'tollgate' } };
      const path = `/api/v1/namespaces/tollgate/pods/${name}/eviction`;
      return on.cluster.kubectl(['create', '--raw', path, '-f', '-'], JSON.stringify(eviction));
    }

    async function generations(): Promise<string[]> {
      const live = JSON.parse(await on.run(['get', '-o=json', '-f', '-'], on.objects)) as { items: LiveObject[] };
      return live.items.map(({ kind, metadata }) => `${kind} ${metadata.name} ${metadata.generation}`);
    }
  });
});

function warningsOf(stderr: string): string[] {
  return stderr.split('\n').filter((line) => line !== '' && !KNOWN_WARNING.test(line));
}

interface LiveObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly generation?: number };
}

interface LiveAutoscaler {
  readonly status: {
    readonly desiredReplicas: number;
    readonly conditions: readonly object[];
    readonly currentMetrics: readonly { readonly resource: { readonly current: { averageUtilization: number } } }[];
  };
}

/** So much of the CPU that a pod requests, in thousandths of a core. */
function shareOf({ spec }: Deployment, share: number): string {
  const request = spec.template.spec.containers[0].resources?.requests?.['cpu'] ?? '';
  const thousandths = request.endsWith('m') ? Number.parseInt(request, 10) : Number(request) * 1_000;
  return `${Math.round(thousandths * share)}m`;
}

/** One pod as its Deployment would make it. */
function podOf({ spec: { template } }: Deployment) {
  const { metadata, spec } = structuredClone(template);
  return { apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, name: 'single', namespace: 'tollgate' }, spec };
}
