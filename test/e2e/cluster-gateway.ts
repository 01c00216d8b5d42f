import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ControlPlane } from '../../generators/local-cluster/control-plane.ts';
import { followGatewayConfig } from '../../generators/local-cluster/follow-config-map.ts';
import { swapFiles } from '../../generators/local-cluster/swap-files.ts';

const MAIN = join(import.meta.dirname, '../../proxy/main.ts');
const START_MS = 30_000;
const MASTER_KEY = 'sk-master-of-the-cluster-gateway';

/** A gateway process whose configuration is the ConfigMap of a cluster, byte for byte. */
export interface ClusterGateway {
  models(): Promise<string[]>;
  /** Asks a model something and gives the status. */
  chat(model: string): Promise<number>;
  hasEnded(): boolean;
  stop(): Promise<void>;
}

// Nobody listens there: the gateway serves without its database and its cache.
const NOWHERE = '127.0.0.1:1';
const VARIABLES = {
  LITELLM_MASTER_KEY: MASTER_KEY,
  DATABASE_URL: `postgres://nobody:nothing@${NOWHERE}/none`,
  REDIS_HOST: '127.0.0.1',
  REDIS_PORT: '1',
  REDIS_PASSWORD: 'nothing',
  AZURE_OPENAI_ENDPOINT: `http://${NOWHERE}`,
  AZURE_OPENAI_KEY: 'nothing',
  OPENCODE_API_KEY: 'nothing',
};

/** Starts it once the ConfigMap is there. Its files are swapped at every change, as the kubelet swaps them. */
export async function startClusterGateway(cluster: ControlPlane): Promise<ClusterGateway> {
  const folder = join(cluster.processes.folder, 'etc-tollgate');
  const stopping = new AbortController();
  const first = Promise.withResolvers<void>();
  const onText = (text: string) => {
    swapFiles(folder, { 'config.yaml': text });
    first.resolve();
  };
  const following = followGatewayConfig(cluster, onText, stopping.signal);
  following.catch(first.reject);
  await first.promise;

  const child = spawn(process.execPath, [MAIN, '--config', join(folder, 'config.yaml'), '--port', '0'], {
    env: { PATH: process.env['PATH'], TOLLGATE_DATA_DIR: join(cluster.processes.folder, 'gateway'), ...VARIABLES },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [{ address }] = (await once(child, 'message', { signal: AbortSignal.timeout(START_MS) })) as [
    { address: string },
  ];
  const headers = { authorization: `Bearer ${MASTER_KEY}`, 'content-type': 'application/json' };
  return {
    async models() {
      const answer = await fetch(`${address}/v1/models`, { headers });
      const { data } = (await answer.json()) as { data: { id: string }[] };
      return data.map(({ id }) => id);
    },
    async chat(model) {
      const body = JSON.stringify({ model, messages: [{ role: 'user', content: 'Hello' }] });
      const answer = await fetch(`${address}/v1/chat/completions`, { method: 'POST', headers, body });
      await answer.arrayBuffer();
      return answer.status;
    },
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    async stop() {
      stopping.abort();
      await following;
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}
