import type { LoadedConfig } from './load-config.ts';
import { buildCallers, type Caller } from './callers.ts';
import { buildModelRoutes, type ModelRoute } from './model-routes.ts';

/** Everything that a request needs to know of the configuration. Frozen, and swapped whole. */
export interface Snapshot {
  readonly revision: string;
  /** By public name. */
  readonly models: ReadonlyMap<string, ModelRoute>;
  /** By the SHA-256 of the key, 64 hex digits. The master key is among them. */
  readonly callers: ReadonlyMap<string, Caller>;
  /** What a request without a key may do: undefined refuses it. */
  readonly anonymous: Caller | undefined;
  readonly maxBodyBytes: number;
  /** Further attempts after the first. */
  readonly retries: number;
  readonly cacheTtlMs: number | undefined;
  readonly cacheNamespace: string;
  readonly mustHaveDatabase: boolean;
}

const DEFAULT_MAX_BODY_MB = 32;
const DEFAULT_RETRIES = 2;
const DEFAULT_CACHE_TTL_SECONDS = 600;

/** What lies outside the file: the simulator's address, and whether requests without a key are let in. */
export interface SnapshotOptions {
  readonly simulatorApiBase: string | undefined;
  readonly allowsAnonymous: boolean;
}

/** Turns a checked config.yaml into the value that the request path reads. Pure. */
export function buildSnapshot(config: LoadedConfig['config'], options: SnapshotOptions): Snapshot {
  const { general_settings: general, litellm_settings: litellm, router_settings: router } = config;
  const callers = buildCallers(config);
  return Object.freeze({
    revision: config.revision,
    models: buildModelRoutes(config, options.simulatorApiBase),
    callers: callers.byHash,
    anonymous: options.allowsAnonymous && callers.byHash.size === 0 ? callers.admin : undefined,
    maxBodyBytes: Math.floor((general?.max_request_size_mb ?? DEFAULT_MAX_BODY_MB) * 1024 * 1024),
    retries: router?.num_retries ?? litellm?.num_retries ?? DEFAULT_RETRIES,
    cacheTtlMs: litellm?.cache === true ? (litellm.cache_params?.ttl ?? DEFAULT_CACHE_TTL_SECONDS) * 1_000 : undefined,
    cacheNamespace: litellm?.cache_params?.namespace ?? '',
    mustHaveDatabase: general?.allow_requests_on_db_unavailable === false,
  });
}
