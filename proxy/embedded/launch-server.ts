import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '../start-error.ts';
import type { PostgresHome } from './choose-postgres-home.ts';
import { endServer, type PostgresServer } from './end-server.ts';
import type { PostgresPrograms } from './find-postgres-programs.ts';
import { readPostmasterFile } from './postmaster-file.ts';

const POLL_MS = 20;
// Recovery after a crash may have much to replay.
const MAX_POLLS = 3_000;
const MAX_PORTS = 3;

/** Starts the server and waits until it takes connections. Throws a StartError with its own last words where it ends. */
export async function launchServer(home: PostgresHome, programs: PostgresPrograms): Promise<PostgresServer> {
  let reason = '';
  for (let attempt = 0; attempt < MAX_PORTS; attempt += 1) {
    const port = await findFreePort();
    const pid = await spawnServer(home, programs, port);
    if (pid !== undefined) return { pid, port };
    reason = await lastWords(home);
    if (!reason.includes('TCP/IP socket')) break;
  }
  throw new StartError(`the embedded Postgres in ${home.folder} does not start: ${reason}`);
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function spawnServer(home: PostgresHome, programs: PostgresPrograms, port: number): Promise<number | undefined> {
  const dataFolder = join(home.folder, 'data');
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    shared_buffers: '32MB',
    log_checkpoints: 'off',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = await open(logFile(home), 'w', 0o600);
  // In a process group of its own, so that Ctrl-C reaches the gateway alone, which ends the server last.
  const child = spawn(programs.postgres, ['-D', dataFolder, ...args], {
    cwd: '/',
    detached: true,
    windowsHide: true,
    stdio: ['ignore', log.fd, log.fd],
    ...home.account,
  });
  const ended = new AbortController();
  child.once('error', () => ended.abort());
  child.once('exit', () => ended.abort());
  child.unref();
  await log.close();

  for (let poll = 0; poll < MAX_POLLS && !ended.signal.aborted; poll += 1) {
    const file = await readPostmasterFile(dataFolder);
    if (file?.pid === child.pid && file?.isReady) return child.pid;
    await sleep(POLL_MS);
  }
  if (!ended.signal.aborted && child.pid !== undefined) await endServer(child.pid);
  return undefined;
}

async function lastWords(home: PostgresHome): Promise<string> {
  const lines = (await readFile(logFile(home), 'utf8')).trim().split('\n');
  const line = lines.find((text) => /FATAL|PANIC/.test(text)) ?? lines.at(-1) ?? '';
  return `${line.replace(/^.*?(FATAL|PANIC):\s*/, '')} (${logFile(home)} tells more)`;
}

function logFile(home: PostgresHome): string {
  return join(home.folder, 'postgres.log');
}
