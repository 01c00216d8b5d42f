import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isOurKey, makeKey } from '../../environments/schema/key-format.ts';
import { Refusal } from '../command-line/refusal.ts';

/** The key that `npm start` shows: made at the first start, and kept on this machine alone. */
export function loadDemoKey(stateFolder: string): string {
  const file = join(stateFolder, 'demo-key');
  const kept = readIfThere(file);
  if (kept === undefined) {
    const key = makeKey();
    writeFileSync(file, `${key}\n`, { mode: 0o600, flag: 'wx' });
    return key;
  }
  if (isOurKey(kept.trim())) return kept.trim();
  throw new Refusal(`${file} holds no key: remove it, and the next start makes a new one`);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new Refusal(`${file} cannot be read (${code}): start as the user who owns it`);
  }
}
