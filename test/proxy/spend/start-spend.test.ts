import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { BudgetTotals } from '../../../proxy/spend/budget-totals.ts';
import { startSpend } from '../../../proxy/spend/start-spend.ts';
import { freePort } from '../../../generators/local-cluster/free-port.ts';
import { recordLog } from '../../support/recorded-log.ts';
import { spendRow } from '../../support/spend-row.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const NO_BUDGETS: BudgetTotals = {
  openWindows: () => [],
  addRecovered: () => undefined,
  replaceRecovered: () => undefined,
};

function options(dataDir: string, url: string | undefined) {
  const database = url === undefined ? undefined : { url, connectionTimeoutMs: 100 };
  return { dataDir, database, intervalMs: 60_000, budgets: NO_BUDGETS, log: recordLog(), startWithinMs: 50 };
}

/** A database that takes connections and never says a word. */
async function startMuteServer(): Promise<string> {
  const server = createServer((socket) => socket.on('error', () => undefined)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `postgres://gateway@127.0.0.1:${(server.address() as AddressInfo).port}/gateway`;
}

describe('startSpend', () => {
  it('keeps nothing without a database', async () => {
    const dataDir = tempFolder();
    const spend = await startSpend(options(dataDir, undefined));
    await spend.append(spendRow('a'));
    await spend.checkpoint();
    await spend.drain(1_000);
    expect(spend).toMatchObject({ database: 'none', isWritable: true, pendingBytes: 0 });
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it.each([
    ['for which nobody listens', async () => `postgres://gateway@127.0.0.1:${await freePort()}/gateway`],
    ['that takes connections and never answers', startMuteServer],
  ])('starts with a database %s, keeps rows, and ends in time', async (_, address) => {
    const dataDir = tempFolder();
    const spend = await startSpend(options(dataDir, await address()));
    expect(spend).toMatchObject({ database: 'unavailable', isWritable: true });
    await spend.append(spendRow('a'));
    const pendingBytes = spend.pendingBytes;
    expect(pendingBytes).toBeGreaterThan(0);
    const checkpoint = spend.checkpoint();
    await spend.drain(50);
    await checkpoint;
    expect(spend).toMatchObject({ isWritable: false, pendingBytes });
    expect(readdirSync(join(dataDir, 'journal'))).toHaveLength(1);
    await (await startSpend(options(dataDir, await address()))).drain(0);
  });

  it('tells once that the database is away, and that rows are left at the end', async () => {
    const given = options(tempFolder(), `postgres://gateway@127.0.0.1:${await freePort()}/gateway`);
    const spend = await startSpend(given);
    await spend.append(spendRow('a'));
    await spend.drain(0);
    const away = given.log.lines.filter((line) => line.includes('spend database'));
    expect(away.toSorted()).toEqual([
      'warn: spend database unavailable, rows wait in the journal',
      'warn: started without the spend database: requests are served, rows wait',
    ]);
    expect(given.log.lines.at(-1)).toBe('warn: spend rows wait in the journal for the next start');
  });

  it('refuses an address that is none, without repeating its password', async () => {
    const started = startSpend(options(tempFolder(), 'postgres://gateway:secret@host:port/gateway'));
    await expect(started).rejects.toThrow(/^the address of the database is not one: write postgres:\/\/USER/);
    await expect(started).rejects.not.toThrow('secret');
  });

  it('refuses a folder that another process uses', async () => {
    const dataDir = tempFolder();
    writeFileSync(join(dataDir, 'lock'), '');
    const url = `postgres://gateway@127.0.0.1:${await freePort()}/gateway`;
    const first = await startSpend(options(dataDir, url));
    await expect(startSpend(options(dataDir, url))).rejects.toThrow(`in use by process ${process.pid}`);
    await first.drain(0);
  });
});
