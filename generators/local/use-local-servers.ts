import { referencedVariable } from '../../environments/schema/identifiers.ts';
import type { RenderedConfig } from '../resolve-gateway-config.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Postgres and Redis by their variables where these are set, else the embedded Postgres and the cache in memory;
 * a master key that is not set is left out.
 */
export function useLocalServers(config: RenderedConfig, variables: Variables): RenderedConfig {
  const { master_key, ...general } = config.general_settings ?? {};
  const isSet = (name: string) => (variables[name] ?? '') !== '';
  const masterVariable = referencedVariable(master_key);
  const keepsMaster = master_key !== undefined && (masterVariable === undefined || isSet(masterVariable));
  return {
    ...config,
    ...localCache(config.litellm_settings, isSet, /^(true|1|yes)$/i.test(variables['REDIS_SSL'] ?? '')),
    general_settings: {
      ...(keepsMaster && { master_key }),
      ...general,
      database_url: isSet('DATABASE_URL') ? 'os.environ/DATABASE_URL' : 'embedded',
    },
  };
}

function localCache(
  authored: RenderedConfig['litellm_settings'],
  isSet: (name: string) => boolean,
  ssl: boolean,
): Pick<RenderedConfig, 'litellm_settings'> {
  const ttl = authored?.cache_params?.ttl;
  const kept = ttl === undefined ? {} : { ttl };
  if (!isSet('REDIS_HOST')) {
    if (authored === undefined) return {};
    return { litellm_settings: { ...authored, cache_params: { type: 'local', ...kept } } };
  }
  const redis = {
    type: 'redis' as const,
    host: 'os.environ/REDIS_HOST',
    port: isSet('REDIS_PORT') ? 'os.environ/REDIS_PORT' : 6_379,
    ...(isSet('REDIS_PASSWORD') && { password: 'os.environ/REDIS_PASSWORD' }),
    ssl,
  };
  return { litellm_settings: { ...authored, cache: true, cache_params: { ...redis, ...kept } } };
}
