import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '../../generators/local-cluster/free-port.ts';
import { swapFiles } from '../../generators/local-cluster/swap-files.ts';
import { POSTGRES_PROGRAMS, startPostgres, type TestPostgres } from '../support/postgres.ts';
import { describeWithPrograms } from '../support/real-program.ts';
import { runCommand, type EndedCommand } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** Other references of the configuration are not set: a migration needs none of them. */
function migrate(
  general: object,
  variables: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
  onPrint?: (stdout: string) => void,
): Promise<EndedCommand> {
  const config = {
    model_list: [{ model_name: 'chat', litellm_params: { model: 'openai/gpt-4o', api_key: 'os.environ/NOT_SET' } }],
    general_settings: { master_key: 'os.environ/NOT_SET', ...general },
  };
  const file = join(tempFolder(), 'config.yaml');
  writeFileSync(file, JSON.stringify(config));
  return runCommand(['proxy/migrate.ts', '--config', file, ...args], variables, onPrint);
}

const BY_NAME = { database_url: 'os.environ/DATABASE_URL' };

describe('node proxy/migrate.ts', () => {
  it.each([
    ['no database', {}, 'has no database_url'],
    ['the embedded one', { database_url: 'embedded' }, 'makes the embedded database by itself'],
  ])('has nothing to do with %s', async (_what, general, line) => {
    const { exitCode, stdout, stderr } = await migrate(general);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`nothing to migrate: `);
    expect(stdout).toContain(line);
  });

  it('names the variable and the folder where there is no address', async () => {
    const folder = tempFolder();
    const { exitCode, stderr } = await migrate(BY_NAME, { TOLLGATE_SECRETS_DIR: folder });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      `general_settings.database_url: the variable DATABASE_URL is not set, and ${folder} has no file DATABASE_URL`,
    );
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('gives up within its time on a database that is not there, and shows no password', async () => {
    const port = await freePort();
    const url = `postgres://gateway:pg-secret@127.0.0.1:${port}/gateway`;
    const ended = await migrate(BY_NAME, { DATABASE_URL: url }, ['--timeout-seconds', '2']);
    expect(ended).toEqual({
      exitCode: 1,
      stdout: `waiting for the database gateway on 127.0.0.1:${port}: connect ECONNREFUSED 127.0.0.1:${port}\n`,
      stderr: `the database gateway on 127.0.0.1:${port} was not migrated within 2 s: connect ECONNREFUSED 127.0.0.1:${port}\n`,
    });
  });

  it('refuses an address that is none, without repeating it', async () => {
    const { exitCode, stderr } = await migrate({ database_url: 'postgres://gateway:pg-secret@host:port/gateway' });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^the address of the database is not one: .*\n$/);
    expect(stderr).not.toContain('pg-secret');
  });
});

describeWithPrograms(POSTGRES_PROGRAMS, 'node proxy/migrate.ts', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
    await query(
      `CREATE ROLE by_password; CREATE ROLE gateway LOGIN SUPERUSER PASSWORD 'pg-secret' IN ROLE by_password`,
    );
  });
  afterAll(() => postgres.remove());
  beforeEach(async () => {
    await postgres.start();
    await query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
  });

  async function query(sql: string): Promise<Record<string, unknown>[]> {
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  const addressOf = (password: string) => `postgres://gateway:${password}@127.0.0.1:${postgres.port}/postgres`;
  const place = () => `the database postgres on 127.0.0.1:${postgres.port}`;

  it('says what it applied, and the second time that there was nothing', async () => {
    const folder = tempFolder();
    swapFiles(folder, { DATABASE_URL: `${addressOf('pg-secret')}\n` });
    const variables = { TOLLGATE_SECRETS_DIR: folder };

    const first = await migrate(BY_NAME, variables);
    const second = await migrate(BY_NAME, variables);

    expect([first.exitCode, first.stderr, second.exitCode, second.stderr]).toEqual([0, '', 0, '']);
    const applied = await query('SELECT version, name FROM tollgate_migrations ORDER BY version');
    expect(applied.length).toBeGreaterThan(1);
    const lines = applied.map(({ version, name }) => `applied migration ${version as number} (${name as string})`);
    expect(first.stdout.trim().split('\n')).toEqual([
      ...lines,
      `${place()} has every migration, ${lines.length} of them since now`,
    ]);
    expect(second.stdout).toBe(`${place()} has every migration, 0 of them since now\n`);
  });

  it('runs each migration once when two start together', async () => {
    const both = await Promise.all([1, 2].map(() => migrate({ database_url: postgres.url })));
    expect(both.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    const applied = both.flatMap(({ stdout }) => stdout.match(/^applied migration \d+/gm) ?? []);
    expect(applied.toSorted()).toEqual([...new Set(applied)].toSorted());
    expect(applied.length).toBeGreaterThan(1);
  });

  it('does not wait where the password is refused, and does not show it', async () => {
    const { exitCode, stdout, stderr } = await migrate({ database_url: addressOf('pg-wrong') });
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toBe(`${place()}: password authentication failed for user "gateway"\n`);
  });

  it('waits for a server that comes later', async () => {
    await postgres.stop();
    const isWaiting = Promise.withResolvers<void>();
    const migrating = migrate({ database_url: postgres.url }, {}, [], (stdout) => {
      if (stdout.includes('waiting for')) isWaiting.resolve();
    });
    await isWaiting.promise;
    await postgres.start();
    expect((await migrating).exitCode).toBe(0);
    expect(await query('SELECT count(*)::int AS rows FROM spend_logs')).toEqual([{ rows: 0 }]);
  });

  it('does not wait for another migration for longer than its time', async () => {
    const other = new pg.Client({ connectionString: postgres.url });
    await other.connect();
    await other.query('SELECT pg_advisory_lock($1)', [0x746f6c6c]);
    const ended = await migrate({ database_url: postgres.url }, {}, ['--timeout-seconds', '2']);
    await other.end();
    expect(ended).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `${place()} was not migrated within 2 s: it did not answer\n`,
    });
  });
});
