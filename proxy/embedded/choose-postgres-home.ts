import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, realpath, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StartError } from '../start-error.ts';
import { findServerAccount, type ServerAccount } from './server-account.ts';

/** Where one embedded Postgres lives, and as whom. */
export interface PostgresHome {
  /** Real and absolute. Holds the folder `data`, the file `password`, and the programs where they had to be copied. */
  readonly folder: string;
  /** Undefined: the gateway's own. */
  readonly account: ServerAccount | undefined;
}

// Everyone may enter it, and unlike the folder of temporary files it outlives a reboot.
const OPEN_FOLDER = '/var/lib/tollgate';

/**
 * Postgres refuses to run as root, so root's server runs as another account, which must be able to enter its folder.
 * Where it cannot, the rows go to a folder that everyone may enter, and `folder/place` says which.
 */
export async function choosePostgresHome(folder: string): Promise<PostgresHome> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const inside = await realpath(folder);
  if (process.getuid?.() !== 0) return { folder: inside, account: undefined };

  const recorded = await readPlace(inside);
  const account = await findServerAccount(join(recorded ?? inside, 'data'));
  if (recorded !== undefined) return prepare(recorded, account);

  const closed = await findClosedFolder(dirname(inside), account);
  if (closed === undefined) return prepare(inside, account);
  if (await exists(join(inside, 'data')))
    throw new StartError(`the embedded Postgres cannot enter ${closed} any more: run chmod o+x ${closed}`);

  const outside = join(OPEN_FOLDER, randomBytes(6).toString('hex'));
  await writeFile(join(inside, 'place'), `${outside}\n`, { mode: 0o600 });
  return prepare(outside, account);
}

async function readPlace(folder: string): Promise<string | undefined> {
  const text = await readFile(join(folder, 'place'), 'utf8').catch(() => '');
  return text.trim() === '' ? undefined : text.trim();
}

/** The folder stays root's: only `data` in it belongs to the server, which could otherwise lead root's writes astray. */
async function prepare(folder: string, account: ServerAccount): Promise<PostgresHome> {
  await mkdir(folder, { recursive: true, mode: 0o711 });
  await chmod(folder, 0o711);
  return { folder, account };
}

/** The first folder on the way up that the account may not pass through. */
async function findClosedFolder(folder: string, account: ServerAccount): Promise<string | undefined> {
  const { mode, uid } = await stat(folder);
  const isOpen = (mode & 0o001) !== 0 || (uid === account.uid && (mode & 0o100) !== 0);
  if (!isOpen) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : findClosedFolder(parent, account);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
