import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { Logger } from 'pino';
import { StartError } from '../start-error.ts';

export interface Claim {
  /** Gives the server up, before it is ended. */
  release(): Promise<void>;
}

const CLAIM = 0x70_11_6a_7e;
const POLL_MS = 100;
const MAX_POLLS = 30;

/**
 * Keeps one gateway per embedded server by an advisory lock on a connection that lasts as long as the gateway: the
 * system frees it however the gateway ends. Throws a StartError with the fix where another living gateway has it.
 */
export async function claimServer(url: string, log: Pick<Logger, 'warn'>): Promise<Claim> {
  const client = new Client({ connectionString: url, application_name: 'tollgate owner', keepAlive: true });
  let isReleased = false;
  client.on('error', (error) => {
    if (!isReleased) log.warn({ reason: error.message }, 'embedded postgres has ended');
  });
  await client.connect();
  // A gateway that was killed a moment ago may still be on its way out.
  for (let poll = 0; poll < MAX_POLLS; poll += 1) {
    const { rows } = await client.query<{ is_claimed: boolean }>('select pg_try_advisory_lock($1) as is_claimed', [
      CLAIM,
    ]);
    if (rows[0]?.is_claimed === true)
      return {
        async release() {
          isReleased = true;
          await client.end();
        },
      };
    await sleep(POLL_MS);
  }
  await client.end();
  throw new StartError(
    'another gateway is using this folder: stop it, or set TOLLGATE_DATA_DIR to a folder of its own',
  );
}
