import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ARGOCD_NAMESPACE } from '../kubernetes/names.ts';
import type { ControlPlane } from './control-plane.ts';
import { freePort } from './free-port.ts';
import { applyObjects } from './kubernetes-objects.ts';
import type { Variables } from './process-group.ts';
import { waitUntil } from './wait-until.ts';

// Argo CD without its containers: what reads Git and what compares and applies, beside the control plane.

export const ARGO_CD_PROGRAMS = ['git', 'redis-server', 'argocd-repo-server', 'argocd-application-controller'];

// A commit is looked for this often. The real one waits for minutes, which is only slower.
const RESYNC_SECONDS = 3;

export interface ArgoCdOptions {
  /** The settings that ship: the values of Argo CD's own chart, as its Application holds them. */
  readonly values: string;
  /** What its programs find in their environment. */
  readonly variables: Variables;
}

/** Starts Argo CD beside the cluster, which ends with it. The kinds of Argo CD must be there already. */
export async function startArgoCd(cluster: ControlPlane, { values, variables }: ArgoCdOptions): Promise<void> {
  await applyObjects(cluster, settingsObjects(values));
  const scratch = join(cluster.processes.folder, 'argo-cd');
  mkdirSync(scratch);
  const own = {
    ...variables,
    TMPDIR: scratch,
    ARGOCD_GPG_ENABLED: 'false',
    // The cluster that it runs in is the one of KUBECONFIG, which is never the one that this machine's user works on.
    ARGOCD_FAKE_IN_CLUSTER: 'true',
    KUBECONFIG: cluster.kubeconfig,
  };
  const redis = await startRedis(cluster);
  const repoServer = await startRepoServer(cluster, redis, own);
  await startController(cluster, redis, repoServer, own);
}

async function startRedis(cluster: ControlPlane): Promise<string> {
  const port = await freePort();
  cluster.processes.start('redis-server', [`--port`, String(port), '--bind', '127.0.0.1', '--save', '']);
  await untilListening(cluster, port);
  return `127.0.0.1:${port}`;
}

async function startRepoServer(cluster: ControlPlane, redis: string, variables: Variables): Promise<string> {
  const port = await freePort();
  const flags = [
    '--address=127.0.0.1',
    `--port=${port}`,
    '--metrics-address=127.0.0.1',
    `--metrics-port=${await freePort()}`,
    '--disable-tls',
    `--redis=${redis}`,
    // Else a commit is found after the minutes for which it remembers a branch.
    '--revision-cache-expiration=1s',
  ];
  cluster.processes.start('argocd-repo-server', flags, variables);
  await untilListening(cluster, port);
  return `127.0.0.1:${port}`;
}

async function startController(
  cluster: ControlPlane,
  redis: string,
  repoServer: string,
  variables: Variables,
): Promise<void> {
  const flags = [
    `--namespace=${ARGOCD_NAMESPACE}`,
    `--kubeconfig=${cluster.kubeconfig}`,
    `--redis=${redis}`,
    `--repo-server=${repoServer}`,
    '--repo-server-plaintext',
    `--metrics-port=${await freePort()}`,
    `--app-resync=${RESYNC_SECONDS}`,
    '--app-resync-jitter=0',
    // Else a manifest that cannot be read is kept quiet for minutes.
    '--repo-error-grace-period-seconds=0',
  ];
  cluster.processes.start('argocd-application-controller', flags, variables);
}

async function untilListening(cluster: ControlPlane, port: number): Promise<void> {
  await waitUntil(`something listens on port ${port}`, () => {
    cluster.processes.throwIfEnded();
    return new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
  });
}

/** What Argo CD wants to find in its namespace. `argocd-cm` holds every setting of resources that ships. */
function settingsObjects(values: string): object[] {
  const shipped = (parse(values) as { configs?: { cm?: Record<string, unknown> } }).configs?.cm ?? {};
  const ofResources = Object.entries(shipped).filter(([name]) => /^(resource|application)\./.test(name));
  const settings = Object.fromEntries(ofResources.map(([name, value]) => [name, String(value)]));
  const secret = { 'server.secretkey': randomBytes(32).toString('base64') };
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: ARGOCD_NAMESPACE } },
    settingsObject('ConfigMap', 'argocd-cm', { data: { 'timeout.reconciliation': `${RESYNC_SECONDS}s`, ...settings } }),
    ...['argocd-rbac-cm', 'argocd-gpg-keys-cm', 'argocd-ssh-known-hosts-cm', 'argocd-tls-certs-cm'].map((name) =>
      settingsObject('ConfigMap', name, { data: {} }),
    ),
    settingsObject('Secret', 'argocd-secret', { stringData: secret }),
  ];
}

function settingsObject(kind: string, name: string, content: object): object {
  const labels = { 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': 'argocd' };
  return { apiVersion: 'v1', kind, metadata: { name, namespace: ARGOCD_NAMESPACE, labels }, ...content };
}
