import type { CacheParams } from '../../environments/schema/gateway-config.ts';
import { referencedVariable } from '../../environments/schema/identifiers.ts';
import { adviceFor } from './config-advice.ts';
import type { Findings } from './findings.ts';
import type { LitellmConfig } from './read-config.ts';
import type { Refer } from './refer-to-secrets.ts';

/** What config.yaml says about `gateway` of environment.yaml; what it leaves out is not there. */
export interface GatewayPart {
  readonly master_key?: string;
  readonly database: Readonly<Record<string, string | number | boolean>>;
  readonly cache?: Readonly<Record<string, string | number | boolean>>;
}

const GENERAL = ['general_settings'] as const;
const CACHE = ['litellm_settings', 'cache_params'] as const;
const DEFAULT_REDIS_PORT = 6_379;

/** Translates general_settings and the cache, with references in place of every address and password. */
export function translateSettings(config: LitellmConfig, refer: Refer, findings: Findings): GatewayPart {
  const { placeOf } = config;
  const general = config.settings.general_settings ?? {};
  const { cache, cache_params } = config.settings.litellm_settings ?? {};
  tellLeftOut(config, findings);
  const settings = {
    pool_limit: general.database_connection_pool_limit,
    batch_write_at: general.proxy_batch_write_at,
    allow_requests_on_db_unavailable: general.allow_requests_on_db_unavailable,
  };
  const masterKey = general.master_key ?? 'os.environ/LITELLM_MASTER_KEY';
  const databaseUrl = general.database_url ?? 'os.environ/DATABASE_URL';
  return {
    master_key: refer(masterKey, 'LITELLM_MASTER_KEY', placeOf([...GENERAL, 'master_key'])),
    database: {
      url: refer(databaseUrl, 'DATABASE_URL', placeOf([...GENERAL, 'database_url'])),
      ...withoutUndefined(settings),
    },
    ...(cache === true && { cache: translateCache(cache_params ?? {}, refer, placeOf(CACHE)) }),
  };
}

function translateCache(params: CacheParams, refer: Refer, place: string): NonNullable<GatewayPart['cache']> {
  const ttl = params.ttl === undefined ? {} : { ttl: Math.max(1, Math.round(params.ttl)) };
  if (params.type === 'local') return { type: 'local', ...ttl };
  const { host, port, password, ssl } = params.url === undefined ? params : partsOf(params.url);
  const isBare = host === undefined && params.url === undefined;
  const secret = password ?? (isBare ? 'os.environ/REDIS_PASSWORD' : undefined);
  return {
    type: 'redis',
    host: refer(host ?? 'os.environ/REDIS_HOST', 'REDIS_HOST', place),
    port: referredPort(port ?? (isBare ? 'os.environ/REDIS_PORT' : DEFAULT_REDIS_PORT), refer, place),
    ...(secret !== undefined && { password: refer(secret, 'REDIS_PASSWORD', place) }),
    ssl: ssl ?? false,
    ...ttl,
  };
}

/** The parts of redis://user:password@host:port; a reference is told apart by its reader. */
function partsOf(address: string): Pick<CacheParams, 'host' | 'port' | 'password' | 'ssl'> {
  const url = referencedVariable(address) === undefined ? URL.parse(address) : null;
  if (url === null)
    return { host: 'os.environ/REDIS_HOST', port: 'os.environ/REDIS_PORT', password: 'os.environ/REDIS_PASSWORD' };
  return {
    host: url.hostname,
    ...(url.port !== '' && { port: Number(url.port) }),
    ...(url.password !== '' && { password: decodeURIComponent(url.password) }),
    ssl: url.protocol === 'rediss:',
  };
}

function referredPort(port: string | number, refer: Refer, place: string): string | number {
  if (typeof port === 'number') return port;
  return referencedVariable(port) === undefined ? Number(port) : refer(port, 'REDIS_PORT', place);
}

/** Keys that the gateway reads from a config.yaml, but that environment.yaml has no place for. */
function tellLeftOut({ settings, placeOf }: LitellmConfig, findings: Findings): void {
  const { cache, cache_params } = settings.litellm_settings ?? {};
  const leftOut = [
    ...['database_connection_timeout', 'max_request_size_mb'].map((key) => [...GENERAL, key]),
    ...(cache_params?.type === 'local' ? [] : ['username', 'namespace', 'url']).map((key) => [...CACHE, key]),
  ];
  const general: Record<string, unknown> = { ...settings.general_settings };
  const params: Record<string, unknown> = { ...cache_params };
  for (const path of leftOut) {
    const key = path.at(-1) ?? '';
    if (general[key] === undefined && params[key] === undefined) continue;
    const field = path.join('.');
    findings.gaps.push({ place: placeOf(path), found: field, ...adviceFor(field) });
  }
  if (cache_params === undefined || cache === true) return;
  const reason = 'litellm_settings.cache is not true, so LiteLLM has no cache either';
  const advice = 'nothing, or write gateway.cache in environment.yaml';
  findings.gaps.push({ place: placeOf(CACHE), found: CACHE.join('.'), reason, advice });
}

function withoutUndefined<T>(values: Readonly<Record<string, T | undefined>>): Record<string, T> {
  return Object.fromEntries(Object.entries(values).filter((pair): pair is [string, T] => pair[1] !== undefined));
}
