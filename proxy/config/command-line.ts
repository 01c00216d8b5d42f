import { parseFlags, readPort, UsageError } from './parse-flags.ts';
import type { Lookup } from './resolve-references.ts';

export const HELP = `tollgate gateway: serves a config.yaml, LiteLLM's or a rendered one

  node proxy/main.ts --config FILE [--host HOST] [--port PORT] [--strict]

  --config FILE   the configuration; it is watched, and swapped whole when it changes
  --host HOST     the address to listen on (default 127.0.0.1)
  --port PORT     the port to listen on (default PORT, else 4000; 0 takes a free one)
  --strict        refuse a configuration with keys that have no effect here
  --help          this text

Variables: PORT, TOLLGATE_DATA_DIR (journal and embedded database, default .tollgate), TOLLGATE_LOG_LEVEL (default
info), TOLLGATE_SECRETS_DIR (a folder that is watched: os.environ/NAME is the variable NAME, else the file NAME in
it), and LiteLLM's LITELLM_MASTER_KEY, DATABASE_URL, REDIS_HOST, REDIS_PORT, REDIS_PASSWORD, REDIS_URL.`;

export interface CommandLine {
  readonly config: string;
  readonly host: string;
  readonly port: number;
  readonly isStrict: boolean;
  readonly dataDir: string;
  /** A folder with one file per secret. */
  readonly secretsDir: string | undefined;
  readonly logLevel: string;
}

const DEFAULT_PORT = '4000';
const LOG_LEVELS = new Set(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']);

/**
 * Reads the flags; undefined asks for the help text.
 * @throws UsageError
 */
export function readCommandLine(args: readonly string[], variable: Lookup): CommandLine | undefined {
  const flags = parseFlags(args, {
    config: { type: 'string' },
    host: { type: 'string' },
    port: { type: 'string' },
    strict: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  });
  if (flags.help === true) return undefined;
  if (flags.config === undefined) throw new UsageError('--config FILE is missing; --help tells more');
  const port = readPort(flags.port ?? variable('PORT') ?? DEFAULT_PORT);
  const logLevel = variable('TOLLGATE_LOG_LEVEL') ?? 'info';
  if (!LOG_LEVELS.has(logLevel))
    throw new UsageError(`TOLLGATE_LOG_LEVEL is ${JSON.stringify(logLevel)}: use one of ${[...LOG_LEVELS].join(', ')}`);
  return {
    config: flags.config,
    host: flags.host ?? '127.0.0.1',
    port,
    isStrict: flags.strict === true,
    dataDir: variable('TOLLGATE_DATA_DIR') ?? '.tollgate',
    secretsDir: variable('TOLLGATE_SECRETS_DIR') || undefined,
    logLevel,
  };
}
