import { chmodSync, mkdirSync } from 'node:fs';

/** Makes the folder of everything that this machine keeps; one that is there already stays as it is. */
export function makeStateFolder(folder: string): void {
  // Root's Postgres runs as another account, which must pass through: the files in it are closed one by one.
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700;
  const isNew = mkdirSync(folder, { recursive: true, mode }) !== undefined;
  if (isNew) chmodSync(folder, mode);
}
