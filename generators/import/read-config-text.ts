import { readFileSync, statSync } from 'node:fs';
import { MAX_FILE_BYTES } from '../../environments/schema/parse-yaml.ts';
import { Refusal } from '../command-line/refusal.ts';

/** The text of a config.yaml. `file` is what messages call it. Throws a Refusal. */
export function readConfigText(path: string, file: string): string {
  try {
    if (statSync(path).size > MAX_FILE_BYTES) throw new Refusal(`${file} is larger than ${MAX_FILE_BYTES} bytes`);
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(`${file} ${reasonOf(error)}`, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT') return 'does not exist: name the config.yaml of LiteLLM';
  if (code === 'EISDIR') return 'is a folder: name the config.yaml in it';
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'is not UTF-8 text: save it as UTF-8';
  return `cannot be read (${code})`;
}
