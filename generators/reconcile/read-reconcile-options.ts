import { parseArgs } from 'node:util';
import { Refusal } from '../command-line/refusal.ts';
import { refuseEmpty } from '../command-line/refuse-empty.ts';

export const HELP = `The whole of GitOps on this machine, without containers: a real Kubernetes API server, a real Argo CD that reads a
clone of this repository, and a gateway that serves what Argo CD has applied.

  npm run reconcile -- --env dev          follows the commits of this work tree until Ctrl-C
                       [--port N]         where the gateway listens on 127.0.0.1; default 4000

Edits count once they are committed. Containers do not run: pods become ready on a pretended node, named stand-ins
write the status that an absent controller would, and charts of others are left out. The gateway is a process of this
machine; a model whose variables are not set is answered by a simulation. DATABASE_URL and REDIS_HOST take the place
of the embedded Postgres and the cache in memory, TOLLGATE_DATA_DIR is where its keys and spend are kept.`;

export interface ReconcileOptions {
  readonly environment: string;
  readonly port: string;
}

/** Reads the command line of `npm run reconcile`; undefined asks for the help text. Throws Refusal. */
export function readReconcileOptions(args: string[], environments: readonly string[]): ReconcileOptions | undefined {
  const values = parse(args);
  if (values.help === true) return undefined;
  refuseEmpty(values);
  const { env, port = '4000' } = values;
  const choice = `write one of ${environments.join(', ')}`;
  if (env === undefined) throw new Refusal(`--env is missing: ${choice}`);
  if (!environments.includes(env)) throw new Refusal(`--env ${env} is unknown: ${choice}`);
  if (!/^\d{1,5}$/.test(port)) throw new Refusal(`--port ${port} is no port: write a number such as 4000`);
  return { environment: env, port };
}

function parse(args: string[]) {
  try {
    const options = {
      env: { type: 'string' },
      port: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    } as const;
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new Refusal(`${(error as Error).message.split('. ', 1)[0]}; npm run reconcile -- --help tells more`);
  }
}
