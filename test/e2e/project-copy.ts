import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeTempFolder } from '../support/temp-folder.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const PARTS = ['package.json', '.npmrc', 'environments', 'generators', 'proxy'];

/** What `npm start` needs of this repository, in a folder of its own with the mode given; the caller removes it. */
export function copyProject(mode: number, owner?: string): string {
  const folder = makeTempFolder();
  for (const part of PARTS) cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  const packages = join(ROOT, 'node_modules');
  if (isOpen(packages)) symlinkSync(packages, join(folder, 'node_modules'));
  else execFileSync('cp', ['-a', packages, folder]);
  if (owner !== undefined) execFileSync('chown', ['-R', owner, folder]);
  chmodSync(folder, mode);
  return folder;
}

/** Whether every account may enter it. */
function isOpen(folder: string): boolean {
  if ((statSync(folder).mode & 0o001) === 0) return false;
  return dirname(folder) === folder || isOpen(dirname(folder));
}
