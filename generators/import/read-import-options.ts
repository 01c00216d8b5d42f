import { parseArgs } from 'node:util';
import { EnvironmentName } from '../../environments/schema/identifiers.ts';
import { Expiry } from '../../environments/schema/virtual-key.ts';
import { mistakeOf } from '../command-line/mistake-of.ts';
import { Refusal } from '../command-line/refusal.ts';
import { refuseEmpty } from '../command-line/refuse-empty.ts';

export interface ImportOptions {
  /** The config.yaml of LiteLLM. */
  readonly configFile: string;
  readonly environment: string;
  /** Of LiteLLM's database; it holds a password. */
  readonly databaseUrl: string | undefined;
  readonly owner: string | undefined;
  /** The end of keys that have none in LiteLLM. */
  readonly expires: string | undefined;
  readonly isDryRun: boolean;
  readonly isForced: boolean;
}

const TEXT = { type: 'string' } as const;
const FLAG = { type: 'boolean', default: false } as const;
const OPTIONS = {
  env: TEXT,
  'database-url': TEXT,
  'database-url-env': TEXT,
  owner: TEXT,
  expires: TEXT,
  'dry-run': FLAG,
  force: FLAG,
  help: { ...FLAG, short: 'h' },
} as const;

/** Reads the command line; undefined asks for the help text. `variable` reads the environment. Throws a Refusal. */
export function readImportOptions(
  args: readonly string[],
  variable: (name: string) => string | undefined,
): ImportOptions | undefined {
  const { values, positionals } = parse(args);
  if (values.help || args.length === 0) return undefined;
  refuseEmpty(values);
  const [source, configFile, ...more] = positionals;
  if (source !== 'litellm')
    throw new Refusal(`${whatIsWrong(source)}: npm run import -- litellm config.yaml --env NAME`);
  if (configFile === undefined) throw new Refusal('name the file: npm run import -- litellm config.yaml --env NAME');
  if (more.length > 0) throw new Refusal(`one config.yaml at a time: ${more.join(' ')} is too much`);
  if (values.env === undefined) throw new Refusal('--env is missing; see --help');
  const name = EnvironmentName.safeParse(values.env);
  if (!name.success || values.env === 'schema')
    throw new Refusal(
      `--env is ${JSON.stringify(values.env)}: use a lower-case letter, then up to 19 letters, digits or dashes`,
    );
  if (values.expires !== undefined && !Expiry.safeParse(values.expires).success)
    throw new Refusal(`--expires is ${JSON.stringify(values.expires)}: write a day such as 2027-06-30`);
  return {
    configFile,
    environment: name.data,
    databaseUrl: databaseUrl(values['database-url'], values['database-url-env'], variable),
    owner: values.owner,
    expires: values.expires,
    isDryRun: values['dry-run'],
    isForced: values.force,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    throw mistakeOf(error);
  }
}

function whatIsWrong(source: string | undefined): string {
  return source === undefined ? 'say what to import' : `cannot import ${JSON.stringify(source)}, only litellm`;
}

function databaseUrl(
  written: string | undefined,
  name: string | undefined,
  variable: (name: string) => string | undefined,
): string | undefined {
  if (name === undefined) return written;
  if (written !== undefined) throw new Refusal('give --database-url or --database-url-env, not both');
  const value = variable(name);
  if (value) return value;
  throw new Refusal(`the variable ${name} of --database-url-env is not set`);
}
