import { readFile, stat } from 'node:fs/promises';

/** Who runs the server when the gateway runs as root. */
export interface ServerAccount {
  readonly uid: number;
  readonly gid: number;
}

const NOBODY: ServerAccount = { uid: 65_534, gid: 65_534 };

/** The owner of the rows where there are some already, else `nobody`: initdb wants an account that has a name. */
export async function findServerAccount(dataFolder: string): Promise<ServerAccount> {
  const owner = await stat(dataFolder).catch(() => undefined);
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };

  const accounts = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const fields = /^nobody:[^:]*:(?<uid>-?\d+):(?<gid>-?\d+):/m.exec(accounts)?.groups;
  if (fields === undefined) return NOBODY;
  // macOS writes its nobody as -2.
  return { uid: Number(fields['uid']) >>> 0, gid: Number(fields['gid']) >>> 0 };
}
