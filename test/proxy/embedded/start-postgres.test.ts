import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { readPostmasterFile } from '../../../proxy/embedded/postmaster-file.ts';
import { isAlive } from '../../../proxy/embedded/server-process.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../../proxy/embedded/start-postgres.ts';
import { makeTempFolder, removeFolder, tempFolder } from '../../support/temp-folder.ts';

const log = pino({ level: 'silent' });
const isRoot = process.getuid?.() === 0;

// One home as its first start and its stop leave it: making each anew would take most of the time of these tests.
let madeHome: string;
beforeAll(async () => {
  const folder = makeTempFolder();
  chmodSync(folder, 0o755);
  madeHome = join(folder, 'postgres');
  await (await startEmbeddedPostgres({ folder: madeHome, log })).stop();
});
afterAll(() => removeFolder(join(madeHome, '..')));

/** Where also the account that root's Postgres runs as may pass through. */
function openFolder(): string {
  const folder = tempFolder();
  chmodSync(folder, 0o755);
  return join(folder, 'postgres');
}

/** A home with a data folder in it. */
function usedFolder(): string {
  const folder = openFolder();
  execFileSync('cp', ['-a', madeHome, folder]);
  return folder;
}

async function start(folder: string): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ folder, log });
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= postgres.stop());
  onTestFinished(stop);
  return { ...postgres, stop };
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

/** Starts it in a process of its own and kills that process, so that nobody stops the server. */
async function leaveRunning(folder: string): Promise<string> {
  const holder = fork(join(import.meta.dirname, 'hold-postgres.ts'), [folder]);
  const [url] = (await once(holder, 'message')) as [string];
  await query(url, 'create table kept as select 7 as value');
  const exited = once(holder, 'exit');
  holder.kill('SIGKILL');
  await exited;
  return url;
}

async function serverPid(folder: string): Promise<number> {
  const file = await readPostmasterFile(join(folder, 'data'));
  return file?.pid ?? 0;
}

describe('startEmbeddedPostgres', { timeout: 60_000 }, () => {
  it('serves on the loopback address alone, to whoever has the password', async () => {
    const folder = usedFolder();
    const { url } = await start(folder);
    const withoutPassword = url.replace(/:[0-9a-f]+@/, ':wrong@');

    expect(await query(url, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    expect(await query(url, 'show unix_socket_directories')).toEqual([{ unix_socket_directories: '' }]);
    await expect(query(withoutPassword, 'select 1')).rejects.toThrow('password authentication failed');
  });

  it('leaves its address for psql in a file that only its owner reads', async () => {
    const folder = usedFolder();
    const { url } = await start(folder);

    expect(readFileSync(join(folder, 'url'), 'utf8').trim()).toBe(url);
    expect(statSync(join(folder, 'url')).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'password')).mode & 0o777).toBe(0o600);
  });

  it('ends its server, and keeps the rows for the next start', async () => {
    const folder = usedFolder();
    const first = await start(folder);
    const pid = await serverPid(first.folder);
    await query(first.url, 'create table kept as select 7 as value');

    await first.stop();
    expect(await isAlive(pid)).toBe(false);
    const second = await start(folder);

    expect(second.folder).toBe(first.folder);
    expect(await query(second.url, 'select value from kept')).toEqual([{ value: 7 }]);
  });

  it('takes over the server that a killed gateway left behind, and can stop it', async () => {
    const folder = usedFolder();
    const left = await leaveRunning(folder);

    const next = await start(folder);
    expect(next.url).toBe(left);
    expect(await query(next.url, 'select value from kept')).toEqual([{ value: 7 }]);
    const pid = await serverPid(next.folder);
    await next.stop();

    expect(await isAlive(pid)).toBe(false);
  });

  it('starts anew where the server was killed too', async () => {
    const folder = usedFolder();
    await leaveRunning(folder);
    process.kill(await serverPid(folder), 'SIGKILL');

    const { url } = await start(folder);

    expect(await query(url, 'select value from kept')).toEqual([{ value: 7 }]);
  });

  it('is not misled by a pid file whose number another program bears now', async () => {
    const folder = usedFolder();
    const first = await start(folder);
    await first.stop();
    writeFileSync(
      join(first.folder, 'data', 'postmaster.pid'),
      `${process.pid}\n/x\n1\n5432\n\n127.0.0.1\n\nready   \n`,
    );

    const { url } = await start(folder);

    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('refuses a folder that another living gateway is using, and leaves that one its server', async () => {
    const folder = usedFolder();
    const first = await start(folder);

    await expect(startEmbeddedPostgres({ folder, log })).rejects.toThrow('another gateway is using this folder');

    expect(await query(first.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('does over what a crash left half-made', async () => {
    const folder = openFolder();
    mkdirSync(join(folder, 'data.new', 'base'), { recursive: true });
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data', 'PG_VERSION'), '18\n');

    const { url } = await start(folder);

    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(readdirSync(folder).some((name) => name.startsWith('data.broken-'))).toBe(true);
  });

  it('refuses the rows of another major version, and names both', async () => {
    const folder = usedFolder();
    writeFileSync(join(folder, 'data', 'PG_VERSION'), '14\n');

    await expect(startEmbeddedPostgres({ folder, log })).rejects.toThrow(
      /made by Postgres 14, and the embedded one is 18/,
    );
  });

  it('says which file is missing when the password is gone', async () => {
    const folder = usedFolder();
    rmSync(join(folder, 'password'));

    await expect(startEmbeddedPostgres({ folder, log })).rejects.toThrow(`${join(folder, 'password')} is missing`);
  });

  it('says in its own words why it cannot start', async () => {
    const folder = usedFolder();
    writeFileSync(join(folder, 'data', 'postgresql.conf'), 'no_such_setting = 1\n');

    await expect(startEmbeddedPostgres({ folder, log })).rejects.toThrow(
      /does not start: .*postgresql\.conf.* contains errors \(.*postgres\.log tells more\)/,
    );
  });

  it.runIf(isRoot)('keeps the rows of root elsewhere, for good, where others cannot enter the folder', async () => {
    const folder = join(tempFolder(), 'postgres');
    const first = await start(folder);
    onTestFinished(() => rmSync(first.folder, { recursive: true, force: true }));
    await query(first.url, 'create table kept as select 7 as value');
    await first.stop();

    expect(readFileSync(join(folder, 'place'), 'utf8').trim()).toBe(first.folder);
    const second = await start(folder);

    expect(second.folder).toBe(first.folder);
    expect(await query(second.url, 'select value from kept')).toEqual([{ value: 7 }]);
    await second.stop();
  });

  it.runIf(isRoot)('names the folder that was closed to the server of root', async () => {
    const folder = usedFolder();
    const parent = join(folder, '..');
    chmodSync(parent, 0o700);

    await expect(startEmbeddedPostgres({ folder, log })).rejects.toThrow(`chmod o+x ${parent}`);
  });
});
