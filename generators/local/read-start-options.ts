import { parseArgs } from 'node:util';
import { Refusal } from '../command-line/refusal.ts';
import { refuseEmpty } from '../command-line/refuse-empty.ts';

export const HELP = `Runs a gateway on this machine: environments/local, or any LiteLLM config.yaml.

  npm start                             environments/local, followed as it changes
  npm start -- --env dev                another environment, with local servers in place of what is not set
  npm start -- --config FILE            a config.yaml as it is
               [--strict]               ... refused where a key in it has no effect here
               [--host H] [--port N]    where to listen; default 127.0.0.1 and PORT, else 4000

Variables: DATABASE_URL and REDIS_HOST (REDIS_PORT, REDIS_PASSWORD, REDIS_SSL) take the place of the embedded Postgres
and the cache in memory. TOLLGATE_DATA_DIR is where all is kept (default .tollgate). A model whose variables are not
set, such as OPENAI_API_KEY, is left out and named.

Ctrl-C stops it. Keys and spend are there at the next start.`;

export interface StartOptions {
  readonly environmentName: string;
  /** A file to run in place of an environment. */
  readonly config?: string;
  /** What the gateway is told beside its configuration. */
  readonly gatewayArgs: readonly string[];
}

/** Reads the command line of `npm start`; undefined asks for the help text. Throws Refusal. */
export function readStartOptions(args: string[]): StartOptions | undefined {
  const flags = parse(args);
  if (flags.help === true) return undefined;
  refuseEmpty(flags);
  if (flags.config !== undefined && flags.env !== undefined)
    throw new Refusal('--config and --env do not go together: use one of them');
  if (flags.env !== undefined && !/^[a-z][a-z0-9-]*$/.test(flags.env))
    throw new Refusal(`--env ${flags.env} is no name of a folder in environments/`);
  return {
    environmentName: flags.env ?? 'local',
    ...(flags.config !== undefined && { config: flags.config }),
    gatewayArgs: [
      ...(flags.host === undefined ? [] : ['--host', flags.host]),
      ...(flags.port === undefined ? [] : ['--port', flags.port]),
      ...(flags.strict === true ? ['--strict'] : []),
    ],
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        env: { type: 'string' },
        config: { type: 'string' },
        host: { type: 'string' },
        port: { type: 'string' },
        strict: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new Refusal(`${(error as Error).message.split('. ', 1)[0]}; npm start -- --help tells more`);
  }
}
