import type { z } from 'zod';
import type { Environment } from '../environments/schema/environment.ts';
import type { ConfiguredKey, ConfiguredTeam, GatewayConfig } from '../environments/schema/gateway-config.ts';
import { referencedVariable } from '../environments/schema/identifiers.ts';
import type { Model } from '../environments/schema/model.ts';
import type { Team } from '../environments/schema/team.ts';
import type { VirtualKey } from '../environments/schema/virtual-key.ts';
import { contentHash } from './content-hash.ts';

/** The config.yaml as it is written: what the gateway fills in by itself may be left out. */
export type RenderedConfig = z.input<typeof GatewayConfig>;

/**
 * What the gateway of `environment` reads, with references in place of secrets. The same environment gives the same
 * value. With `engine: litellm` the keys that only our gateway knows are left out.
 */
export function resolveGatewayConfig(environment: Environment): RenderedConfig {
  const { settings, models, teams } = environment;
  const stock: RenderedConfig = {
    model_list: models.model_list.map(withFixedId),
    ...(models.router_settings && { router_settings: models.router_settings }),
    ...(settings.gateway.cache && { litellm_settings: { cache: true, cache_params: settings.gateway.cache } }),
    general_settings: generalSettings(environment),
  };
  if (settings.engine === 'litellm') return { ...stock, model_list: stock.model_list?.map(withoutOurWords) };

  const sorted = teams.toSorted((a, b) => (a.team_alias < b.team_alias ? -1 : 1));
  const config: RenderedConfig = {
    ...stock,
    teams: sorted.map(configuredTeam),
    virtual_keys: sorted.flatMap((team) => team.virtual_keys.map((key) => configuredKey(key, team))),
  };
  return { revision: contentHash(config).slice(0, 12), ...config };
}

/** The names of every `os.environ/NAME` in the configuration, sorted, each once. */
export function referencedVariables(config: unknown): string[] {
  const names = new Set<string>();
  collectVariables(config, names);
  return [...names].sort();
}

function collectVariables(value: unknown, names: Set<string>): void {
  const name = referencedVariable(value);
  if (name !== undefined) names.add(name);
  if (typeof value !== 'object' || value === null) return;
  for (const child of Object.values(value)) collectVariables(child, names);
}

/** Logs and metrics name a deployment by its id, so it must not change with its place in the list. */
function withFixedId(model: Model): Model {
  const { model_name, litellm_params, model_info } = model;
  const id = contentHash({ model_name, litellm_params }).slice(0, 12);
  return { model_name, litellm_params, model_info: { id, ...model_info } };
}

/** LiteLLM would only echo what it does not know. */
function withoutOurWords(model: Model): Model {
  const { supports_stream_usage: _, ...model_info } = model.model_info ?? {};
  return { ...model, model_info };
}

function generalSettings({ settings }: Environment): NonNullable<RenderedConfig['general_settings']> {
  const { master_key, database } = settings.gateway;
  return {
    ...(master_key !== undefined && { master_key }),
    database_url: database.url,
    database_connection_pool_limit: database.pool_limit,
    proxy_batch_write_at: database.batch_write_at,
    allow_requests_on_db_unavailable: database.allow_requests_on_db_unavailable,
  };
}

function configuredTeam(team: Team): ConfiguredTeam {
  const { team_alias, owners: _owners, virtual_keys: _keys, ...rest } = team;
  return { team_id: team_alias, team_alias, ...rest };
}

function configuredKey(key: VirtualKey, team: Team): ConfiguredKey {
  const { key_alias, hashes, expires, ...rest } = key;
  const tokens = hashes.map((hash) => hash.replace(/^sha256:/, ''));
  const token = tokens.at(-1);
  const previous = tokens.at(-2);
  if (token === undefined) throw new Error(`virtual key ${key_alias} of team ${team.team_alias} has no hash`);
  return {
    token,
    ...(previous !== undefined && { previous_token: previous }),
    key_alias,
    team_id: team.team_alias,
    ...rest,
    ...(expires !== undefined && { expires: fullTime(expires) }),
  };
}

/** A day is its first second in UTC; a time keeps its moment. */
function fullTime(expires: string): string {
  return new Date(expires).toISOString().replace('.000Z', 'Z');
}
