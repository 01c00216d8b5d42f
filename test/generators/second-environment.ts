import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ScratchRepository } from './scratch-repository.ts';

/** Gives a scratch repository a sound environment beside dev, which shares nothing with it that only one can have. */
export function addEnvironment({ root, read, write }: ScratchRepository, name: string, addressSpace: string): void {
  cpSync(join(root, 'environments/dev'), join(root, 'environments', name), { recursive: true });
  giveOwnKeys(join(root, 'environments', name));
  const file = `environments/${name}/environment.yaml`;
  const text = read(file)
    .replace('name: dev', `name: ${name}`)
    .replace('name_suffix: k7m2', 'name_suffix: p4w9')
    .replaceAll('dev.example.com', `${name}.example.com`);
  write(file, `${text}network: { address_space: ${addressSpace} }\n`);
}

/** Changes every hash in the folder of an environment that is a copy. */
export function giveOwnKeys(folder: string): void {
  for (const name of readdirSync(join(folder, 'keys'))) {
    const file = join(folder, 'keys', name);
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/sha256:[0-9a-f]{4}/g, 'sha256:0e0e'));
  }
}
