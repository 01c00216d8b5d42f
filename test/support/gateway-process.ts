import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MAIN = join(import.meta.dirname, '..', '..', 'proxy', 'main.ts');
const START_MS = 30_000;

export interface GatewayProcess {
  readonly address: string;
  /** All that it printed so far. */
  output(): string;
  /** Sends a signal and waits for the end; gives the exit code, or null where the signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** A gateway that may still be starting. */
export interface SpawnedGateway extends Omit<GatewayProcess, 'address'> {
  readonly child: ChildProcess;
  /** Gives the address; rejects with all that it printed where it ends before. */
  listening(): Promise<string>;
}

/** The gateway as a process of its own, as a pod runs it. `folder` keeps its configuration and its data. */
export function spawnGateway(
  folder: string,
  config: object,
  variables: Readonly<Record<string, string>> = {},
  moreArgs: readonly string[] = [],
): SpawnedGateway {
  const configFile = join(folder, 'config.yaml');
  writeFileSync(configFile, JSON.stringify(config));
  const child = spawn(process.execPath, [MAIN, '--config', configFile, '--port', '0', '--strict', ...moreArgs], {
    env: { PATH: process.env['PATH'], TOLLGATE_DATA_DIR: folder, ...variables },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const listening = once(child, 'message', { signal: AbortSignal.timeout(START_MS) });
  listening.catch(() => undefined);
  return {
    child,
    output: () => printed,
    async listening() {
      const first = await Promise.race([listening, exited]);
      if (!Array.isArray(first)) throw new Error(`the gateway ended with ${first}:\n${printed}`);
      return (first[0] as { address: string }).address;
    },
    end(signal) {
      child.kill(signal);
      return exited;
    },
  };
}

/** The same, once it listens. */
export async function startGatewayProcess(...args: Parameters<typeof spawnGateway>): Promise<GatewayProcess> {
  const gateway = spawnGateway(...args);
  return { ...gateway, address: await gateway.listening() };
}
