import { execFile } from 'node:child_process';
import { chmodSync, chownSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../generators/local-cluster/free-port.ts';
import { startServerProcess, type ServerProcess } from './server-process.ts';
import { makeTempFolder, removeFolder } from './temp-folder.ts';

export const POSTGRES_PROGRAMS = ['initdb', 'postgres'];

export interface TestPostgres {
  /** Superuser, no password, database `postgres`. Who is in a role `by_password` needs one. */
  readonly url: string;
  readonly port: number;
  /** Ends it in order; clients lose their connection. */
  stop(): Promise<void>;
  /** Ends it as a crash would: what was committed stays. */
  kill(): Promise<void>;
  /** Again, with the same rows on the same port. */
  start(): Promise<void>;
  /** Ends it and removes its rows. */
  remove(): Promise<void>;
}

/** Runs a new Postgres of PATH on a free port of the loopback address. Whoever starts it calls `remove`. */
export async function startPostgres(): Promise<TestPostgres> {
  const folder = makeTempFolder();
  const account = serverAccount();
  if (account !== undefined) chownSync(folder, account.uid, account.gid);
  chmodSync(folder, 0o755);
  const rows = join(folder, 'rows');
  const port = await freePort();
  const initdb = ['-D', rows, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  await promisify(execFile)('initdb', initdb, { cwd: '/', ...account });
  // The first line that fits counts, and `+` means the members of a role.
  const rules = ['host all +by_password all scram-sha-256', 'host all all all trust'];
  writeFileSync(join(rows, 'pg_hba.conf'), `${rules.join('\n')}\n`);
  let server: ServerProcess | undefined = await launch(rows, port);

  async function end(signal: NodeJS.Signals): Promise<void> {
    await server?.stop(signal);
    server = undefined;
  }

  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    port,
    stop: () => end('SIGINT'),
    kill: () => end('SIGKILL'),
    async start() {
      server ??= await launch(rows, port);
    },
    async remove() {
      await end('SIGINT');
      removeFolder(folder);
    },
  };
}

async function launch(rows: string, port: number): Promise<ServerProcess> {
  const statusFile = join(rows, 'postmaster.pid');
  // A killed server leaves its status behind, in which the next one would look ready before it is.
  rmSync(statusFile, { force: true });
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories='];
  const args = ['-D', rows, ...settings.flatMap((setting) => ['-c', setting])];
  return startServerProcess('postgres', args, {
    cwd: '/',
    ...serverAccount(),
    isReady: async () => existsSync(statusFile) && /^ready/m.test(readFileSync(statusFile, 'utf8')),
  });
}

/** Postgres refuses to run as root. */
function serverAccount(): { uid: number; gid: number } | undefined {
  return process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined;
}
