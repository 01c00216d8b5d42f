import { spawn } from 'node:child_process';
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

/** The gateway as a process of its own, as a pod runs it. `folder` keeps its configuration and its data. */
export async function startGatewayProcess(
  folder: string,
  config: object,
  variables: Readonly<Record<string, string>> = {},
): Promise<GatewayProcess> {
  const configFile = join(folder, 'config.yaml');
  writeFileSync(configFile, JSON.stringify(config));
  const child = spawn(process.execPath, [MAIN, '--config', configFile, '--port', '0', '--strict'], {
    env: { PATH: process.env['PATH'], TOLLGATE_DATA_DIR: folder, ...variables },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const listening = once(child, 'message', { signal: AbortSignal.timeout(START_MS) });
  const first = await Promise.race([listening, exited]);
  if (!Array.isArray(first)) throw new Error(`the gateway ended with ${first}:\n${printed}`);
  return {
    address: (first[0] as { address: string }).address,
    output: () => printed,
    end(signal) {
      child.kill(signal);
      return exited;
    },
  };
}
