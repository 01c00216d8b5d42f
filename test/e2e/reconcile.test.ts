import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freePort } from '../../generators/local-cluster/free-port.ts';
import { LOCAL_ENVIRONMENT_PROGRAMS } from '../../generators/local-cluster/local-environment.ts';
import { waitUntil } from '../../generators/local-cluster/wait-until.ts';
import { describeWithPrograms } from '../support/real-program.ts';
import { makeTempFolder, removeFolder } from '../support/temp-folder.ts';

const MAIN = join(import.meta.dirname, '../../generators/reconcile/main.ts');
const START_MS = 150_000;

describe('npm run reconcile', () => {
  it('says which programs are missing, and starts nothing', async () => {
    const reconcile = runReconcile(['--env', 'dev'], { PATH: '/nowhere' });

    expect(await reconcile.ended).toEqual([1, null]);
    expect(reconcile.printed()).toMatch(/^not on PATH: etcd, kube-apiserver, .*argocd-application-controller\./);
  });
});

describeWithPrograms(LOCAL_ENVIRONMENT_PROGRAMS, 'npm run reconcile', () => {
  it('serves what Argo CD has applied, and leaves nothing behind after Ctrl-C', async () => {
    const dataFolder = makeTempFolder();
    const port = await freePort();
    const variables = { ...process.env, TOLLGATE_DATA_DIR: dataFolder };
    const reconcile = runReconcile(['--env', 'dev', '--port', String(port)], variables);
    try {
      await waitUntil('the gateway runs', async () => reconcile.hasEnded() || reconcile.isServing(), START_MS);
      expect(reconcile.printed()).toContain('Tollgate is running');
      const folder = dirname(/--kubeconfig (\S+)/.exec(reconcile.printed())?.[1] ?? '');
      expect(existsSync(join(folder, 'etcd'))).toBe(true);
      expect((await fetch(`http://127.0.0.1:${port}/revision`)).status).toBe(200);
      expect(reconcile.printed()).toMatch(/leaves out cert-manager/);

      reconcile.child.kill('SIGINT');

      expect(await reconcile.ended).toEqual([0, null]);
      expect(existsSync(folder)).toBe(false);
      expect(processesWith(folder)).toEqual([]);
      expect(processesWith(dataFolder)).toEqual([]);
    } finally {
      reconcile.child.kill('SIGKILL');
      removeFolder(dataFolder);
    }
  }, 180_000);
});

function runReconcile(args: readonly string[], variables: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, [MAIN, ...args], { env: variables, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  return {
    child,
    ended: once(child, 'close'),
    hasEnded: () => child.exitCode !== null,
    isServing: () => printed.includes('Tollgate is running'),
    printed: () => printed,
  };
}

/** The command lines of running processes that name a folder. */
function processesWith(folder: string): string[] {
  const lines = execFileSync('ps', ['-A', '-o', 'args'], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => line.includes(folder));
}
