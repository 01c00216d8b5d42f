import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CONTROL_PLANE_PROGRAMS,
  startControlPlane,
  type ControlPlane,
} from '../../generators/local-cluster/control-plane.ts';
import { describeWithPrograms } from '../support/real-program.ts';
import { waitUntil } from '../../generators/local-cluster/wait-until.ts';
import { committedEnvironments, readCommittedManifests, type KubernetesObject } from './manifests.ts';
import type { Deployment } from './policy/workloads.ts';

const DIST = join(import.meta.dirname, '../../dist');
const APPLY = ['apply', '--server-side', '--validate=strict'];
const IN_NAMESPACE = ['--namespace', 'tollgate'];

describeWithPrograms(CONTROL_PLANE_PROGRAMS, 'dist/ on a real Kubernetes API server', () => {
  describe.each(committedEnvironments())('%s', (environment) => {
    const objects = readCommittedManifests().filter(({ path }) => path.startsWith(`${environment}/`));
    const deployment = objects.find(({ object }) => object.kind === 'Deployment')?.object as Deployment;
    const namespaces = objects.filter(({ object }) => object.kind === 'Namespace').map(({ object }) => object);
    const applyFolder = [...APPLY, '--recursive', '-f', join(DIST, environment)];
    let cluster: ControlPlane;

    beforeAll(async () => {
      cluster = await startControlPlane();
      for (const namespace of namespaces) await mustRun([...APPLY, '-f', '-'], namespace);
    });

    afterAll(() => cluster?.stop());

    it('is accepted with strict validation and without a warning', async () => {
      const applied = await cluster.kubectl(applyFolder);

      expect(applied.stderr).toBe('');
      expect(applied.stdout.trim().split('\n')).toHaveLength(objects.length);
      expect(applied.exitCode).toBe(0);
    });

    it('rolls out in a namespace that enforces Pod Security restricted', async () => {
      await mustRun(['rollout', 'status', 'deployment/gateway', ...IN_NAMESPACE, '--timeout=60s']);

      const namespace = await read('namespace/tollgate');
      const pods = (await read('pods', ...IN_NAMESPACE)) as unknown as { items: KubernetesObject[] };
      const refusals = await mustRun([
        'get',
        'events',
        ...IN_NAMESPACE,
        '--field-selector=reason=FailedCreate',
        '-o=name',
      ]);
      expect(namespace.metadata.labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted' });
      expect(pods.items).toHaveLength(deployment.spec.replicas ?? 0);
      expect(refusals).toBe('');
    });

    it('gives the Service every ready pod', async () => {
      const query = ['get', 'endpointslices', ...IN_NAMESPACE, '-o=jsonpath={.items[*].endpoints[*].conditions.ready}'];

      await waitUntil('the Service has its pods', async () => {
        const ready = (await mustRun(query)).split(' ').filter((word) => word === 'true');
        return ready.length === deployment.spec.replicas;
      });
    });

    it('changes nothing when it is applied again', async () => {
      const before = await read('deployment/gateway', ...IN_NAMESPACE);

      await mustRun(applyFolder);

      const after = await read('deployment/gateway', ...IN_NAMESPACE);
      expect(after.metadata).toMatchObject({ generation: (before.metadata as { generation?: number }).generation });
    });

    it('would be refused with a misspelt field', async () => {
      const broken = structuredClone(deployment);
      Object.assign(broken.spec.template.spec.containers[0], { readynessProbe: {} });

      const applied = await cluster.kubectl([...APPLY, '-f', '-'], JSON.stringify(broken));

      expect(applied.exitCode).not.toBe(0);
      expect(applied.stderr).toContain('readynessProbe: field not declared in schema');
    });

    it.each([
      ['privileged', { privileged: true, allowPrivilegeEscalation: undefined }],
      ['allowPrivilegeEscalation', { allowPrivilegeEscalation: true }],
      ['unrestricted capabilities', { capabilities: {} }],
    ])('would be refused with %s', async (finding, change) => {
      const { metadata, spec } = structuredClone(deployment.spec.template);
      Object.assign(spec.containers[0].securityContext ?? {}, change);
      const pod = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { ...metadata, name: 'unhardened', namespace: 'tollgate' },
        spec,
      };

      const applied = await cluster.kubectl([...APPLY, '--dry-run=server', '-f', '-'], JSON.stringify(pod));

      expect(applied.exitCode).not.toBe(0);
      expect(applied.stderr).toContain('violates PodSecurity "restricted:v1.36"');
      expect(applied.stderr).toContain(finding);
    });

    it('admits that pod as it is rendered', async () => {
      const { metadata, spec } = deployment.spec.template;
      const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, name: 'hardened' }, spec };

      await mustRun([...APPLY, ...IN_NAMESPACE, '--dry-run=server', '-f', '-'], pod);
    });

    async function mustRun(args: readonly string[], input?: object): Promise<string> {
      const result = await cluster.kubectl(args, input && JSON.stringify(input));
      if (result.exitCode !== 0) throw new Error(`kubectl ${args.join(' ')}: ${result.stderr}`);
      return result.stdout;
    }

    async function read(...args: string[]): Promise<KubernetesObject> {
      return JSON.parse(await mustRun(['get', ...args, '-o=json'])) as KubernetesObject;
    }
  });
});
