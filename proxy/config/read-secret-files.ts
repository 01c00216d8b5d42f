import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StartError } from '../start-error.ts';

/** What a folder of secrets holds, by file name: a value, or why there is none. */
export type SecretFiles = ReadonlyMap<string, { readonly value: string } | { readonly problem: string }>;

/** The secrets folder, or a file in it, cannot be used. The message never has a value in it. */
export class SecretFileError extends StartError {}

/** Only what can be the name of a variable, so neither a path nor the kubelet's own `..data`. */
const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** More than Key Vault's 25,600; a Kubernetes Secret could hold a whole megabyte. */
const MOST_BYTES = 64 * 1024;
const MOST_FILES = 1_000;
const MOST_TRIES = 5;

/**
 * Reads every secret of a folder, all from the same moment: the kubelet and the Secrets Store CSI driver swap all
 * files at once, with a symlink `..data` that they lead through, and what was read across a swap is read again.
 * Newlines at the end of a file are no part of its value.
 * @throws SecretFileError where the folder cannot be read
 */
export async function readSecretFiles(folder: string): Promise<SecretFiles> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const before = await generationOf(folder);
    const files = await readAll(folder);
    if ((await generationOf(folder)) === before) return files;
  }
  throw new SecretFileError(`${folder} was swapped ${MOST_TRIES} times while it was read`);
}

/** Where `..data` leads; undefined for a folder of plain files. */
async function generationOf(folder: string): Promise<string | undefined> {
  return realpath(join(folder, '..data')).catch(() => undefined);
}

async function readAll(folder: string): Promise<SecretFiles> {
  const found = await readdir(folder).catch(({ code }: NodeJS.ErrnoException) => {
    throw new SecretFileError(
      `TOLLGATE_SECRETS_DIR is ${folder}, which cannot be read (${code}): name a folder with one file per secret`,
    );
  });
  const names = found.filter((name) => VARIABLE_NAME.test(name));
  if (names.length > MOST_FILES) throw new SecretFileError(`${folder} has more than ${MOST_FILES} secrets`);
  const files = await Promise.all(names.map(async (name) => [name, await readOne(join(folder, name))] as const));
  return new Map(files.flatMap(([name, file]) => (file === undefined ? [] : [[name, file]])));
}

/** Undefined for what is no file, or is no longer there. */
async function readOne(file: string): Promise<{ value: string } | { problem: string } | undefined> {
  try {
    const found = await stat(file);
    if (!found.isFile()) return undefined;
    if (found.size > MOST_BYTES)
      return { problem: `${file} has ${found.size} bytes, ${MOST_BYTES} is the most for a secret` };
    return { value: (await readFile(file, 'utf8')).replace(/[\r\n]+$/, '') };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? undefined : { problem: `${file} cannot be read (${code}): let this process read it` };
  }
}
