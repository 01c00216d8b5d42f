import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { choosePostgresHome } from './choose-postgres-home.ts';
import { claimServer, type Claim } from './claim-server.ts';
import { createCluster } from './create-cluster.ts';
import { endServer, type PostgresServer } from './end-server.ts';
import { findPostgresPrograms } from './find-postgres-programs.ts';
import { findRunningServer } from './find-running-server.ts';
import { launchServer } from './launch-server.ts';

type EmbeddedLog = Pick<Logger, 'info' | 'warn'>;

export interface EmbeddedPostgres {
  /** postgres://..., with the password. */
  readonly url: string;
  /** Where the rows really lie: not `folder` where the server's account could not enter that. */
  readonly folder: string;
  /** Ends the server; to be called last, when every client has left. */
  stop(): Promise<void>;
}

/**
 * Runs a Postgres of the gateway's own, with its rows in `folder`, on a free port of the loopback address.
 * A server that a killed gateway left behind is taken over. The address, password included, is also written to
 * `folder/url` (mode 600), for psql. Throws a StartError of one line, with the fix, where it cannot run.
 */
export async function startEmbeddedPostgres(options: { folder: string; log: EmbeddedLog }): Promise<EmbeddedPostgres> {
  const { log } = options;
  const home = await choosePostgresHome(options.folder);
  const programs = await findPostgresPrograms(home);
  const password = await createCluster(home, programs, log);

  const running = await findRunningServer(home);
  const server = running ?? (await launchServer(home, programs));
  const url = `postgres://tollgate:${password}@127.0.0.1:${server.port}/postgres`;
  const claim = await claimOrEnd(url, server, running === undefined, log);
  await writeFile(join(options.folder, 'url'), `${url}\n`, { mode: 0o600 });
  log.info({ folder: home.folder, port: server.port, taken_over: running !== undefined }, 'embedded postgres ready');

  return {
    url,
    folder: home.folder,
    async stop() {
      await claim.release();
      if (!(await endServer(server.pid))) log.warn({ pid: server.pid }, 'embedded postgres does not end');
    },
  };
}

/** A server that somebody else is using stays as it was; one of our own does not outlive a failed start. */
async function claimOrEnd(url: string, server: PostgresServer, isOwn: boolean, log: EmbeddedLog): Promise<Claim> {
  try {
    return await claimServer(url, log);
  } catch (error) {
    if (isOwn) await endServer(server.pid);
    throw error;
  }
}
