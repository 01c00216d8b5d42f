import { execFile } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { ProcessGroup } from './process-group.ts';
import { waitUntil } from './wait-until.ts';

// A real Kubernetes without containers: etcd, API server, controllers, scheduler, and kwok, on whose pretended nodes
// pods become ready without running. An API server joins any etcd that answers on its port, so etcd has to prove by
// its name, and the API server by accepting our token, that they are the ones started here.

export const CONTROL_PLANE_PROGRAMS = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kubectl',
  'kwok',
];

interface KubectlResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ControlPlane {
  readonly kubeconfig: string;
  /** What else is started in here ends with the cluster, and the cluster with it. */
  readonly processes: ProcessGroup;
  /** Runs kubectl as cluster admin, with `input` as its standard input. Throws when a part of the cluster died. */
  kubectl(args: readonly string[], input?: string): Promise<KubectlResult>;
  /** Ends every process at once and removes what they wrote. */
  stop(): void;
}

const KUBECTL_TIMEOUT_MS = 90_000;

/** Starts a cluster with one ready node. Throws when a program ends early or is not ready within a minute. */
export async function startControlPlane(): Promise<ControlPlane> {
  const group = new ProcessGroup('tollgate-control-plane-');
  try {
    const etcdUrl = await startEtcd(group);
    const kubeconfig = await startApiServer(group, etcdUrl);
    const kubectl = (args: readonly string[], input?: string) => runKubectl(group, kubeconfig, args, input);
    startControllers(group, kubeconfig);
    await addNode(kubectl);
    return { kubeconfig, processes: group, kubectl, stop: () => group.stop() };
  } catch (error) {
    group.stop();
    throw error;
  }
}

async function startEtcd(group: ProcessGroup): Promise<string> {
  const name = `etcd-${randomBytes(8).toString('hex')}`;
  const client = `http://127.0.0.1:${await freePort()}`;
  const peer = `http://127.0.0.1:${await freePort()}`;
  group.start('etcd', [
    `--name=${name}`,
    `--data-dir=${join(group.folder, 'etcd')}`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=${name}=${peer}`,
    '--unsafe-no-fsync',
  ]);
  await waitUntil('etcd answers', async () => {
    group.throwIfEnded();
    const members = await askEtcd(`${client}/v3/cluster/member/list`);
    if (members !== undefined && !members.includes(name)) throw new Error(`another etcd answers on ${client}`);
    return members !== undefined;
  });
  return client;
}

/** The answer's text; undefined while there is none. */
async function askEtcd(url: string): Promise<string | undefined> {
  try {
    const answer = await fetch(url, { method: 'POST', body: '{}' });
    return answer.ok ? await answer.text() : undefined;
  } catch {
    return undefined;
  }
}

async function startApiServer(group: ProcessGroup, etcdUrl: string): Promise<string> {
  const token = randomBytes(32).toString('hex');
  const port = await freePort();
  const keys = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const file = (name: string, text: string): string => {
    writeFileSync(join(group.folder, name), text, { mode: 0o600 });
    return join(group.folder, name);
  };
  const kubeconfig = file('kubeconfig.json', kubeconfigText(`https://127.0.0.1:${port}`, token));
  group.start('kube-apiserver', [
    `--etcd-servers=${etcdUrl}`,
    `--secure-port=${port}`,
    '--bind-address=127.0.0.1',
    `--cert-dir=${join(group.folder, 'certificates')}`,
    `--service-account-key-file=${file('sa.pub', keys.publicKey)}`,
    `--service-account-signing-key-file=${file('sa.key', keys.privateKey)}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    `--token-auth-file=${file('tokens.csv', `${token},admin,admin,system:masters\n`)}`,
    '--authorization-mode=RBAC',
    // As on AKS: only Pod Security refuses privileged pods.
    '--allow-privileged=true',
    '--service-cluster-ip-range=10.0.0.0/16',
  ]);
  // A server that is not ours refuses our token, for which kubectl fails here until the time is up.
  await waitUntil('the API server is ready', async () => {
    const ready = await runKubectl(group, kubeconfig, ['get', '--raw', '/readyz']);
    return ready.stdout === 'ok';
  });
  return kubeconfig;
}

function startControllers(group: ProcessGroup, kubeconfig: string): void {
  // Port 0 serves nothing, so that two clusters on one machine do not meet.
  const shared = [`--kubeconfig=${kubeconfig}`, '--leader-elect=false', '--secure-port=0'];
  group.start('kube-controller-manager', [
    ...shared,
    `--service-account-private-key-file=${join(group.folder, 'sa.key')}`,
    '--use-service-account-credentials',
    // An autoscaler looks every 15 s, and at a new pod only after minutes: too long for a cluster that lives for minutes.
    '--horizontal-pod-autoscaler-sync-period=2s',
    '--horizontal-pod-autoscaler-cpu-initialization-period=1s',
    '--horizontal-pod-autoscaler-initial-readiness-delay=1s',
  ]);
  group.start('kube-scheduler', shared);
  // Without the lease a node is given up after a minute.
  group.start('kwok', [`--kubeconfig=${kubeconfig}`, '--manage-all-nodes=true', '--node-lease-duration-seconds=40']);
}

async function addNode(kubectl: ControlPlane['kubectl']): Promise<void> {
  const capacity = { cpu: '32', memory: '128Gi', pods: '110', 'ephemeral-storage': '512Gi' };
  const node = {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: 'node-1',
      annotations: { 'kwok.x-k8s.io/node': 'fake' },
      labels: { 'kubernetes.io/hostname': 'node-1', 'topology.kubernetes.io/zone': 'zone-1' },
    },
    status: { allocatable: capacity, capacity },
  };
  await waitUntil('the node is created', async () => {
    const applied = await kubectl(['apply', '--server-side', '-f', '-'], JSON.stringify(node));
    return applied.exitCode === 0;
  });
  const ready = await kubectl(['wait', '--for=condition=Ready', 'node/node-1', '--timeout=60s']);
  if (ready.exitCode !== 0) throw new Error(`the node did not become ready: ${ready.stderr}`);
}

async function runKubectl(
  group: ProcessGroup,
  kubeconfig: string,
  args: readonly string[],
  input = '',
): Promise<KubectlResult> {
  group.throwIfEnded();
  const own = [`--kubeconfig=${kubeconfig}`, `--cache-dir=${join(group.folder, 'kubectl-cache')}`];
  const result = await new Promise<KubectlResult>((resolve) => {
    const options = { timeout: KUBECTL_TIMEOUT_MS, maxBuffer: 64 * 1024 * 1024 };
    const child = execFile('kubectl', [...own, ...args], options, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : Number(error.code ?? 1) || 1;
      resolve({ exitCode, stdout, stderr });
    });
    // It may end before it has read everything.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
  group.throwIfEnded();
  return result;
}

function kubeconfigText(server: string, token: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'admin', user: { token } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'admin' } }],
    'current-context': 'test',
  });
}
