import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GATEWAY_NODE_FLAGS } from '../../generators/gateway-node-flags.ts';
import { freePort } from '../../generators/local-cluster/free-port.ts';
import { startNginx } from './nginx-process.ts';
import { startPinned, type PinnedProcess } from './pinned-process.ts';
import { tollgateConfig } from './tollgate-config.ts';
import { GATEWAY_CORE, type Variant } from './variants.ts';

/** One gateway that waits to be measured. */
export interface BenchGateway {
  readonly variant: Variant;
  readonly address: string;
  readonly program: PinnedProcess;
  /** Work that may follow an answer and belongs to its price: spend on its way to Postgres. */
  readonly settleMs: number;
}

export interface Surroundings {
  readonly folder: string;
  readonly upstreamPort: number;
  readonly isStream: boolean;
  /** Where the gateway that keeps spend writes it. */
  readonly databaseUrl: string | undefined;
}

const SPEND_SETTLE_MS = 1_500;

/** Starts one variant on the gateways' core and waits until it answers. */
export async function startGatewayUnderTest(variant: Variant, around: Surroundings): Promise<BenchGateway> {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  if (variant === 'bare') return ready({ variant, address, program: startBare(port, around), settleMs: 0 }, '/');
  if (variant === 'nginx') return ready({ variant, address, program: startNginxProxy(port, around), settleMs: 0 }, '/');
  const program = startTollgate(variant, port, around);
  const settleMs = variant === 'tollgate' ? SPEND_SETTLE_MS : 0;
  return ready({ variant, address, program, settleMs }, '/health/readiness');
}

async function ready(gateway: BenchGateway, path: string): Promise<BenchGateway> {
  await gateway.program.answers(gateway.address + path);
  return gateway;
}

function startBare(port: number, { folder, upstreamPort }: Surroundings): PinnedProcess {
  const args = [join(import.meta.dirname, 'bare-gateway.ts'), String(port), `http://127.0.0.1:${upstreamPort}`];
  return startPinned({ core: GATEWAY_CORE, command: process.execPath, args, logFile: join(folder, 'bare.log') });
}

function startNginxProxy(port: number, { folder, upstreamPort, isStream }: Surroundings): PinnedProcess {
  const http = `upstream mock {
    server 127.0.0.1:${upstreamPort};
    keepalive 1024;
    keepalive_requests 100000000;
  }
  server {
    listen 127.0.0.1:${port} backlog=4096;
    location / {
      proxy_pass http://mock;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_buffering ${isStream ? 'off' : 'on'};
    }
  }`;
  return startNginx({ folder, name: 'nginx', core: GATEWAY_CORE, http });
}

/** The gateway as it ships: its own main file, a configuration file, and its variables. */
function startTollgate(variant: Variant, port: number, around: Surroundings): PinnedProcess {
  const dataDir = join(around.folder, variant);
  mkdirSync(dataDir);
  const configFile = join(around.folder, `${variant}.yaml`);
  const databaseUrl = variant === 'tollgate' ? around.databaseUrl : undefined;
  writeFileSync(configFile, tollgateConfig(around.upstreamPort, databaseUrl));
  const main = join(import.meta.dirname, '..', '..', 'proxy', 'main.ts');
  return startPinned({
    core: GATEWAY_CORE,
    command: process.execPath,
    args: [...GATEWAY_NODE_FLAGS, main, '--config', configFile, '--host', '127.0.0.1', '--port', String(port)],
    env: { PATH: process.env['PATH'], TOLLGATE_DATA_DIR: dataDir },
    logFile: join(around.folder, `${variant}.log`),
  });
}
