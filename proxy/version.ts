import { readFileSync } from 'node:fs';

interface Manifest {
  readonly version: string;
}

/** The release, as package.json has it; LiteLLM's clients read it from /health/readiness. */
export const VERSION = (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as Manifest)
  .version;
