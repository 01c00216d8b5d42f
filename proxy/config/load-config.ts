import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { GatewayConfig, type CacheParams } from '../../environments/schema/gateway-config.ts';
import { referencedVariable } from '../../environments/schema/identifiers.ts';
import { formatProblem, parseYaml, type ParsedFile, type Problem } from '../../environments/schema/parse-yaml.ts';
import { PROVIDERS, splitProvider } from '../../environments/schema/providers.ts';
import { resolveReferences, type Lookup } from './resolve-references.ts';

const MAX_CONFIG_BYTES = 16 * 1024 * 1024;
const REVISION_DIGITS = 12;

/** A config.yaml with every reference replaced by its value: from here on it holds secrets. */
export interface LoadedConfig {
  readonly config: GatewayConfig & { readonly revision: string };
  readonly warnings: readonly Problem[];
}

/** A config.yaml that cannot be used; the message has one line per problem. */
export class ConfigError extends Error {
  constructor(problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'));
    this.name = 'ConfigError';
  }
}

export interface LoadOptions {
  readonly isStrict: boolean;
  /** Where else `lookup` looks, for its user's eyes. */
  readonly secretsDir: string | undefined;
}

/**
 * Reads a config.yaml, LiteLLM's or ours, and replaces `os.environ/NAME`.
 * Keys that have no effect here are warnings, or with `isStrict` errors.
 * @throws ConfigError with file, line and column of every problem, and what `lookup` throws
 */
export async function loadConfig(
  file: string,
  lookup: Lookup,
  { isStrict, secretsDir }: LoadOptions,
): Promise<LoadedConfig> {
  const text = await readConfigText(file);
  const parsed = parseConfig(text, file, isStrict);
  const find = lookupWith(parsed.value.environment_variables, lookup);
  const { value, missing } = resolveReferences(parsed.value, find);
  if (missing.length > 0)
    throw new ConfigError(missing.map(({ name, path }) => parsed.locate(path, notSet(name, secretsDir))));
  const resolved = GatewayConfig.safeParse(value);
  if (!resolved.success) {
    throw new ConfigError(
      resolved.error.issues.map((issue) =>
        parsed.locate(issue.path, `the variable's value does not fit: ${issue.message}`),
      ),
    );
  }
  const revision = resolved.data.revision ?? createHash('sha256').update(text).digest('hex').slice(0, REVISION_DIGITS);
  return { config: { ...withVariableDefaults(resolved.data, find), revision }, warnings: parsed.problems };
}

/**
 * The address of the database in a config.yaml, with its reference replaced and no other; undefined where there is
 * none.
 * @throws ConfigError, and what `lookup` throws
 */
export async function loadDatabaseUrl(
  file: string,
  lookup: Lookup,
  secretsDir: string | undefined,
): Promise<string | undefined> {
  const { value: config, locate } = parseConfig(await readConfigText(file), file, false);
  const find = lookupWith(config.environment_variables, lookup);
  const written = config.general_settings?.database_url;
  const name = referencedVariable(written);
  if (name === undefined) return (written ?? find('DATABASE_URL')) || undefined;
  const found = find(name);
  if (found) return found;
  throw new ConfigError([locate(['general_settings', 'database_url'], notSet(name, secretsDir))]);
}

function parseConfig(
  text: string,
  file: string,
  isStrict: boolean,
): ParsedFile<GatewayConfig> & { value: GatewayConfig } {
  const parsed = parseYaml(text, file, GatewayConfig, { unknownKeys: isStrict ? 'refuse' : 'warn' });
  const { value } = parsed;
  if (value === undefined) throw new ConfigError(parsed.problems.filter(({ level }) => level === 'error'));
  return { ...parsed, value };
}

function notSet(name: string, secretsDir: string | undefined): string {
  if (secretsDir === undefined) return `the variable ${name} is not set: set it, or remove this key`;
  return `the variable ${name} is not set, and ${secretsDir} has no file ${name}: set one of them, or remove this key`;
}

async function readConfigText(file: string): Promise<string> {
  const refuse = (message: string) =>
    new ConfigError([{ level: 'error', file, line: 1, column: 1, field: '', message }]);
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw refuse(error.code === 'ENOENT' ? 'there is no such file' : `cannot be read: ${error.code ?? error.message}`);
  });
  if (bytes.length > MAX_CONFIG_BYTES) throw refuse(`is larger than ${MAX_CONFIG_BYTES} bytes`);
  return bytes.toString('utf8');
}

/** `environment_variables` of the file win over the process's, and may themselves be references. */
function lookupWith(variables: GatewayConfig['environment_variables'], lookup: Lookup): Lookup {
  return function find(name) {
    const own = variables?.[name];
    if (own === undefined) return lookup(name);
    const reference = referencedVariable(own);
    return reference === undefined ? String(own) : lookup(reference);
  };
}

/** LiteLLM's habit: what the file leaves out may come from well-known variables. */
function withVariableDefaults(config: GatewayConfig, find: Lookup): GatewayConfig {
  const general = config.general_settings ?? {};
  const masterKey = general.master_key ?? find('LITELLM_MASTER_KEY');
  const databaseUrl = general.database_url ?? find('DATABASE_URL');
  return {
    ...config,
    model_list: config.model_list.map((entry) => withKeyVariable(entry, find)),
    general_settings: {
      ...general,
      ...(masterKey && { master_key: masterKey }),
      ...(databaseUrl && { database_url: databaseUrl }),
    },
    ...(config.litellm_settings && {
      litellm_settings: { ...config.litellm_settings, cache_params: withRedisVariables(config, find) },
    }),
  };
}

function withKeyVariable(
  entry: GatewayConfig['model_list'][number],
  find: Lookup,
): GatewayConfig['model_list'][number] {
  const variable = PROVIDERS[splitProvider(entry.litellm_params.model).provider]?.keyVariable;
  const key = entry.litellm_params.api_key ?? (variable && find(variable));
  if (!key) return entry;
  return { ...entry, litellm_params: { ...entry.litellm_params, api_key: key } };
}

function withRedisVariables(config: GatewayConfig, find: Lookup): CacheParams {
  const params = config.litellm_settings?.cache_params ?? {};
  if (params.type === 'local' || params.url !== undefined || params.host !== undefined) return params;
  const [url, host, port, password] = [
    find('REDIS_URL'),
    find('REDIS_HOST'),
    find('REDIS_PORT'),
    find('REDIS_PASSWORD'),
  ];
  if (url) return { ...params, url };
  return { ...params, ...(host && { host }), ...(port && { port }), ...(password && { password }) };
}
