import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect as connectTcp, type Socket } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { promisify } from 'node:util';
import { freePort } from '../../generators/local-cluster/free-port.ts';
import { startServerProcess, type ServerProcess } from './server-process.ts';
import { makeTempFolder, removeFolder } from './temp-folder.ts';

const ANSWER_MS = 1_000;

/** openssl makes the certificate of a Redis over TLS. */
export const REDIS_PROGRAMS = ['redis-server', 'openssl'];

export interface TestRedis {
  readonly host: string;
  readonly port: number;
  /** redis:// or rediss://, with the password. */
  readonly url: string;
  /** The certificate that signs itself, as a PEM file; undefined without TLS. */
  readonly caFile: string | undefined;
  /** Ends it; what it held is gone. */
  stop(): Promise<void>;
  kill(): Promise<void>;
  /** Again and empty, on the same port. */
  start(): Promise<void>;
  /** Ends it and removes its folder. */
  remove(): Promise<void>;
}

/** Runs a Redis of PATH on a free port of the loopback address, in memory alone. Whoever starts it calls `remove`. */
export async function startRedis(options: { tls?: boolean; password?: string } = {}): Promise<TestRedis> {
  const { tls = false, password } = options;
  const folder = makeTempFolder();
  const caFile = tls ? await makeCertificate(folder) : undefined;
  const port = await freePort();
  const launch = (): Promise<ServerProcess> => launchRedis({ folder, port, caFile, password });
  let server: ServerProcess | undefined = await launch();

  async function end(signal: NodeJS.Signals): Promise<void> {
    await server?.stop(signal);
    server = undefined;
  }

  return {
    host: '127.0.0.1',
    port,
    url: `${tls ? 'rediss' : 'redis'}://${password === undefined ? '' : `:${encodeURIComponent(password)}@`}127.0.0.1:${port}`,
    caFile,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    async start() {
      server ??= await launch();
    },
    async remove() {
      await end('SIGTERM');
      removeFolder(folder);
    },
  };
}

interface RedisPlace {
  readonly folder: string;
  readonly port: number;
  readonly caFile: string | undefined;
  readonly password: string | undefined;
}

async function launchRedis({ folder, port, caFile, password }: RedisPlace): Promise<ServerProcess> {
  const keyFile = join(folder, 'key.pem');
  const listen =
    caFile === undefined
      ? ['--port', String(port)]
      : ['--port', '0', '--tls-port', String(port), '--tls-cert-file', caFile, '--tls-key-file', keyFile];
  const noClientCertificates = caFile === undefined ? [] : ['--tls-auth-clients', 'no'];
  const secret = password === undefined ? [] : ['--requirepass', password];
  const inMemory = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
  return startServerProcess('redis-server', [...listen, ...noClientCertificates, ...secret, ...inMemory], {
    isReady: () => answers(port, caFile),
  });
}

/** Whether it speaks: an answer of any kind will do, and without the password it is an error. */
async function answers(port: number, caFile: string | undefined): Promise<boolean> {
  const socket: Socket =
    caFile === undefined
      ? connectTcp(port, '127.0.0.1')
      : connectTls({ port, host: '127.0.0.1', ca: readFileSync(caFile) });
  try {
    socket.write('PING\r\n');
    await once(socket, 'data', { signal: AbortSignal.timeout(ANSWER_MS) });
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function makeCertificate(folder: string): Promise<string> {
  const certificate = join(folder, 'certificate.pem');
  const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1';
  const files = ['-keyout', join(folder, 'key.pem'), '-out', certificate];
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'];
  await promisify(execFile)('openssl', [...request, '-addext', names, ...files]);
  return certificate;
}
