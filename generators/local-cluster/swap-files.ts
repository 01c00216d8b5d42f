import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/**
 * Swaps all files of a folder at once, as the kubelet does for ConfigMaps and the Secrets Store CSI driver for secrets:
 * a new folder beside them, a symlink `..data` renamed over the old one, and files that lead through it.
 * https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/volume/util/atomic_writer.go
 */
export function swapFiles(folder: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true });
  const old = linkIn(folder, '..data');
  const next = mkdtempSync(join(folder, '..2026_'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(next, name), text);

  symlinkSync(next.slice(folder.length + 1), join(folder, '..data_tmp'));
  renameSync(join(folder, '..data_tmp'), join(folder, '..data'));

  for (const name of Object.keys(files))
    if (linkIn(folder, name) === undefined) symlinkSync(join('..data', name), join(folder, name));
  for (const name of readdirSync(folder)) if (!name.startsWith('..') && !(name in files)) rmSync(join(folder, name));
  if (old !== undefined) rmSync(join(folder, old), { recursive: true });
}

function linkIn(folder: string, name: string): string | undefined {
  const path = join(folder, name);
  return lstatSync(path, { throwIfNoEntry: false }) === undefined ? undefined : readlinkSync(path);
}
