import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '../start-error.ts';
import type { PostgresHome } from './choose-postgres-home.ts';
import { endServer, type PostgresServer } from './end-server.ts';
import { readPostmasterFile } from './postmaster-file.ts';
import { isServerOf } from './server-process.ts';

const POLL_MS = 50;
const MAX_POLLS = 600;

/**
 * The server that a killed gateway left running on this home, once it is ready; undefined where there is none.
 * One that neither gets ready nor ends is ended. A pid file that outlived its server is removed: Postgres itself
 * would refuse to start while another program, or a zombie, bears the number.
 */
export async function findRunningServer(home: PostgresHome): Promise<PostgresServer | undefined> {
  const dataFolder = join(home.folder, 'data');
  for (let poll = 0; poll < MAX_POLLS; poll += 1) {
    const file = await readPostmasterFile(dataFolder);
    if (file === undefined) return undefined;
    if (!(await isServerOf(file.pid, dataFolder))) {
      await rm(join(dataFolder, 'postmaster.pid'), { force: true });
      return undefined;
    }
    if (file.isReady && file.port > 0) return { pid: file.pid, port: file.port };
    await sleep(POLL_MS);
  }
  const stuck = await readPostmasterFile(dataFolder);
  if (stuck !== undefined && !(await endServer(stuck.pid)))
    throw new StartError(`a Postgres on ${dataFolder} does not end: end process ${stuck.pid}`);
  return undefined;
}
