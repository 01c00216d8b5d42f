import type { Logger } from 'pino';
import type { GatewayConfig } from '../../environments/schema/gateway-config.ts';
import type { AnswerCache } from './answer-cache.ts';
import { createMemoryCache } from './memory-cache.ts';
import { createRedisCache } from './redis-cache.ts';

const MEMORY_CACHE_BYTES = 64 * 1024 * 1024;

/** The cache that litellm_settings asks for; undefined where it is off. LiteLLM's default type is Redis. */
export function openCache(
  settings: GatewayConfig['litellm_settings'],
  options: { log: Logger; now: () => number },
): AnswerCache | undefined {
  if (settings?.cache !== true) return undefined;
  const params = settings.cache_params ?? {};
  if (params.type === 'local') return createMemoryCache({ maxBytes: MEMORY_CACHE_BYTES, now: options.now });
  return createRedisCache(params, options);
}

/** Whether a change of configuration leaves the cache as it is. */
export function isSameCache(before: GatewayConfig, after: GatewayConfig): boolean {
  const settings = ({ litellm_settings: litellm }: GatewayConfig) =>
    JSON.stringify([litellm?.cache ?? false, { ...litellm?.cache_params, ttl: 0, namespace: '' }]);
  return settings(before) === settings(after);
}
