import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ApplicationStatus } from '../../generators/local-cluster/application-status.ts';
import { readGatewayConfig } from '../../generators/local-cluster/follow-config-map.ts';
import { getObjects } from '../../generators/local-cluster/kubernetes-objects.ts';
import {
  applyRoot,
  LOCAL_ENVIRONMENT_PROGRAMS,
  startLocalEnvironment,
  type LocalEnvironment,
} from '../../generators/local-cluster/local-environment.ts';
import { describeWithPrograms } from '../support/real-program.ts';
import { ArgoCdScene, withoutAddress } from './argo-cd-scene.ts';
import { startClusterGateway, type ClusterGateway } from './cluster-gateway.ts';

const ROOT = join(import.meta.dirname, '../..');
const ENVIRONMENT = 'dev';

// One cluster for all of them, in this order: each leaves everything synced and healthy.
describeWithPrograms(LOCAL_ENVIRONMENT_PROGRAMS, 'Argo CD follows the commits of dist/', () => {
  const told: string[] = [];
  let local: LocalEnvironment;
  let scene: ArgoCdScene;
  let gateway: ClusterGateway | undefined;

  beforeAll(async () => {
    const tell = (line: string) => told.push(line);
    local = await startLocalEnvironment({ root: ROOT, environment: ENVIRONMENT, variables: process.env, tell });
    scene = new ArgoCdScene(local);
  });

  afterAll(async () => {
    console.log([...(local?.rendered.leftOut ?? []), ...told].join('\n'));
    await gateway?.stop();
    await local?.stop();
  });

  it('is given what is committed, but for the address of the repository and the charts of others', () => {
    // What is rendered for Azure lies in a folder that no Application reads.
    const read = ['--', '.', ':!dist/*/infra/*'];
    const changes = scene
      .git('diff', '--no-renames', '--name-status', 'HEAD~1', 'HEAD', ...read)
      .trim()
      .split('\n');
    const removed = changes.filter((line) => line.startsWith('D\t')).map((line) => line.slice(2));
    const edited = changes.filter((line) => line.startsWith('M\t')).map((line) => line.slice(2));

    expect(removed.length + edited.length).toBe(changes.length);
    expect(removed).toHaveLength(local.rendered.leftOut.length);
    for (const path of removed) expect(scene.git('show', `HEAD~1:${path}`)).toContain('    helm:\n');
    for (const path of edited)
      expect(withoutAddress(scene.git('show', `HEAD:${path}`))).toEqual(
        withoutAddress(scene.git('show', `HEAD~1:${path}`)),
      );
  });

  it('waits with the next wave while a component is not healthy', async () => {
    local.standIns.hold('ClusterIssuer');
    await applyRoot(local);

    await scene.until('the root waits for the issuers alone', async () => {
      const [root, issuers] = [await scene.application(ENVIRONMENT), await scene.application('issuers')];
      return isWaitingFor('issuers', root) && issuers?.sync === 'Synced' && issuers.phase === 'Succeeded';
    });

    const components = await scene.components();
    const issuers = components.find(({ name }) => name === 'issuers');
    expect(issuers?.health).toBe('Progressing');
    expect(components.filter(({ wave }) => wave > (issuers?.wave ?? 0))).toEqual([]);
  });

  it('brings up every component in the order of the waves, until all are synced and healthy', async () => {
    const early = new Set<string>();
    local.standIns.release('ClusterIssuer');

    await scene.untilSettled('every component is up', (seen) => {
      for (const component of seen) for (const line of startedBeforeItsTurn(component, seen)) early.add(line);
    });

    expect([...early]).toEqual([]);
    expect((await scene.components()).map(({ name }) => name).toSorted()).toEqual(scene.committedApplications());
  });

  it('says for whom it stood in', () => {
    expect(told.join('\n')).toMatch(/stands in for cert-manager: the status of ClusterIssuer/);
    expect(told.join('\n')).toMatch(/stands in for the (ingress|Gateway API) controller: the status of/);
  });

  it('serves a model after the commit that adds it, from a gateway that goes on running', async () => {
    gateway = await startClusterGateway(local.cluster);
    const running = gateway;
    expect(await running.models()).not.toContain('added-by-a-commit');

    scene.commitModel('added-by-a-commit');

    await scene.until('it serves the model', async () => (await running.models()).includes('added-by-a-commit'));
    expect(await readGatewayConfig(local.cluster)).toContain('added-by-a-commit');
    expect(await running.chat('added-by-a-commit')).toBe(200);
    expect(running.hasEnded()).toBe(false);
  });

  it('heals an edit by hand', async () => {
    const image = () =>
      scene.kubectl('get', 'deployment/gateway', '-o=jsonpath={.spec.template.spec.containers[0].image}');
    const before = await image();

    await scene.kubectl('set', 'image', 'deployment/gateway', 'gateway=registry.example/foreign:1');

    await scene.until('the image is another one no longer', async () => (await image()) === before);
    await scene.untilSettled('the gateway rolls back');
    expect(await image()).toBe(before);
  });

  it('refuses a kind and a namespace that its project does not allow, and recovers without them', async () => {
    const role = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'stray' },
      rules: [],
    };
    const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'stray', namespace: 'kube-system' } };
    const [roleFile, mapFile] = ['gateway/ClusterRole.stray.yaml', 'gateway/ConfigMap.stray.yaml'];
    scene.commit('two strays', { [roleFile]: JSON.stringify(role), [mapFile]: JSON.stringify(map) });

    await scene.until('both are refused', async () => {
      const status = await scene.statusOf('gateway');
      return /ClusterRole is not permitted in project/.test(status) && /kube-system is not permitted/.test(status);
    });
    const found = await getObjects(local.cluster, 'clusterroles,configmaps', '--all-namespaces');
    expect(found.filter(({ metadata }) => metadata.name === 'stray')).toEqual([]);

    scene.commit('no strays', { [roleFile]: undefined, [mapFile]: undefined });
    await scene.untilSettled('the commit without them is applied');
  });

  it.each([
    ['is no YAML', (text: string) => `${text}\n  - {`],
    ['is refused by Kubernetes', (text: string) => text.replace(/containerPort: \d+/, 'containerPort: 99999')],
  ])('keeps what runs when a manifest %s, and recovers with the next commit', async (_how, breakIt) => {
    const file = 'gateway/Deployment.gateway.yaml';
    const good = scene.read(file);
    const generation = () => scene.kubectl('get', 'deployment/gateway', '-o=jsonpath={.metadata.generation}');
    const before = await generation();

    scene.commit('a broken manifest', { [file]: breakIt(good) });
    await scene.until('Argo CD tells of it', async () =>
      /ComparisonError|SyncError|[Ff]ailed|Retrying/.test(await scene.statusOf('gateway')),
    );
    expect(await generation()).toBe(before);

    scene.commit('the next one', { [file]: good.replace(/revisionHistoryLimit: \d+/, 'revisionHistoryLimit: 7') });
    await scene.until('the next commit is applied', async () => {
      const limit = await scene.kubectl('get', 'deployment/gateway', '-o=jsonpath={.spec.revisionHistoryLimit}');
      return limit === '7';
    });
    scene.commit('as it was', { [file]: good });
    await scene.untilSettled('all is as it was');
  });

  it('takes the commit that repairs an Application whose source cannot be read, though its wave never got healthy', async () => {
    const file = 'argocd/Application.ingress.yaml';
    const good = scene.read(file);
    const path = () =>
      scene.kubectl('get', 'application/ingress', '--namespace=argocd', '-o=jsonpath={.spec.source.path}');
    const before = await path();

    scene.commit('a folder that is not there', { [file]: good.replace(before, 'dist/nowhere') });
    await scene.until('its source cannot be read', async () =>
      (await scene.statusOf('ingress')).includes('ComparisonError'),
    );

    scene.commit('the folder that is there', { [file]: good });
    await scene.untilSettled('the repair is applied');
    expect(await path()).toBe(before);
  });

  it('prunes a component that is removed, and never what is guarded', async () => {
    const monitoring = scene.objectsIn('monitoring');
    const namespaces = scene.objectsIn('namespaces');
    scene.commit('without monitoring and namespaces', {
      monitoring: undefined,
      'argocd/Application.monitoring.yaml': undefined,
      namespaces: undefined,
      'argocd/Application.namespaces.yaml': undefined,
    });

    await scene.until('both Applications are gone', async () => {
      const names = (await scene.components()).map(({ name }) => name);
      return !names.includes('monitoring') && !names.includes('namespaces');
    });

    for (const object of monitoring) expect(await scene.kubectl('get', object, '--ignore-not-found')).toBe('');
    for (const object of namespaces)
      expect(await scene.kubectl('get', object, '-o=jsonpath={.status.phase}')).toBe('Active');
    await scene.untilSettled('the rest is as it was');
  });
});

function isWaitingFor(name: string, root: ApplicationStatus | undefined): boolean {
  return root?.message.includes(`waiting for healthy state of argoproj.io/Application/${name}`) === true;
}

/** One line for each component of an earlier wave that was not healthy when this one was already there. */
function startedBeforeItsTurn(component: ApplicationStatus, seen: readonly ApplicationStatus[]): string[] {
  // Once it has been applied, an earlier one may be busy again.
  if (component.phase !== '') return [];
  return seen
    .filter(({ wave, health, phase }) => wave < component.wave && (health !== 'Healthy' || phase !== 'Succeeded'))
    .map(({ name, health }) => `${component.name} has begun while ${name} is ${health}`);
}
