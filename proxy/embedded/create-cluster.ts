import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { StartError } from '../start-error.ts';
import type { PostgresHome } from './choose-postgres-home.ts';
import type { PostgresPrograms } from './find-postgres-programs.ts';
import { runProgram } from './run-program.ts';

/**
 * Makes the data folder where there is none and gives the password. It is made under another name and renamed when
 * complete, so that a crash leaves nothing that looks finished. Throws a StartError with the fix where the folder
 * belongs to another major version or its password is gone.
 */
export async function createCluster(
  home: PostgresHome,
  programs: PostgresPrograms,
  log: Pick<Logger, 'warn'>,
): Promise<string> {
  const folder = join(home.folder, 'data');
  const version = await readIfThere(join(folder, 'PG_VERSION'));
  const isWhole = version !== undefined && (await exists(join(folder, 'global', 'pg_control')));
  if (isWhole) return checkCluster(home, programs, version.trim());

  if (await exists(folder)) {
    const aside = `${folder}.broken-${Date.now()}`;
    await rename(folder, aside);
    log.warn({ folder: aside }, 'unusable postgres folder set aside');
  }
  const password = await makePassword(home);
  await initialize(home, programs);
  return password;
}

async function checkCluster(home: PostgresHome, programs: PostgresPrograms, version: string): Promise<string> {
  const folder = join(home.folder, 'data');
  if (version !== String(programs.major))
    throw new StartError(
      `${folder} was made by Postgres ${version}, and the embedded one is ${programs.major}: set DATABASE_URL to a Postgres with its rows, or move the folder away to begin anew`,
    );
  const password = await readIfThere(join(home.folder, 'password'));
  if (password !== undefined) return password.trim();
  throw new StartError(
    `${join(home.folder, 'password')} is missing: put it back, or move ${folder} away to begin anew`,
  );
}

async function makePassword(home: PostgresHome): Promise<string> {
  const file = join(home.folder, 'password');
  const password = randomBytes(24).toString('hex');
  await writeFile(file, `${password}\n`, { mode: 0o600 });
  if (home.account !== undefined) await chown(file, home.account.uid, home.account.gid);
  return password;
}

async function initialize(home: PostgresHome, programs: PostgresPrograms): Promise<void> {
  const folder = join(home.folder, 'data');
  const unfinished = `${folder}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  if (home.account !== undefined) await chown(unfinished, home.account.uid, home.account.gid);
  const { code, output } = await runProgram(
    programs.initdb,
    [
      `--pgdata=${unfinished}`,
      '--username=tollgate',
      `--pwfile=${join(home.folder, 'password')}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--no-locale',
      '--no-instructions',
    ],
    home.account,
  );
  if (code !== 0) throw new StartError(`the embedded Postgres cannot make ${folder}: ${lastError(output)}`);
  await rename(unfinished, folder);
}

function lastError(output: string): string {
  const lines = output.trim().split('\n');
  return lines.findLast((line) => /error|fatal|could not|cannot/i.test(line)) ?? lines.at(-1) ?? '';
}

async function readIfThere(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
