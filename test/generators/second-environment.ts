import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { ScratchRepository } from './scratch-repository.ts';

/** Gives a scratch repository a sound environment beside dev, which shares nothing with it that only one can have. */
export function addEnvironment({ root, read, write }: ScratchRepository, name: string, addressSpace: string): void {
  cpSync(join(root, 'environments/dev'), join(root, 'environments', name), { recursive: true });
  const file = `environments/${name}/environment.yaml`;
  const text = read(file)
    .replace('name: dev', `name: ${name}`)
    .replace('name_suffix: k7m2', 'name_suffix: p4w9')
    .replaceAll('dev.example.com', `${name}.example.com`);
  write(file, `${text}network: { address_space: ${addressSpace} }\n`);
}
