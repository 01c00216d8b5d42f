import { hash } from 'node:crypto';
import type { ConfiguredKey, ConfiguredTeam, GatewayConfig } from '../../environments/schema/gateway-config.ts';
import { usdToNanoUsd } from '../../environments/schema/money.ts';

/** A set of public model names, or undefined for all of them. */
export type ModelAccess = ReadonlySet<string> | undefined;

/** What a key or a team may spend and how fast; a field left out means no limit. */
export interface LimitScope {
  readonly scope: 'key' | 'team';
  readonly id: string;
  /** Scope and id in one, for Maps. */
  readonly name: string;
  readonly maxBudgetNanoUsd: number | undefined;
  readonly budgetDuration: string | undefined;
  readonly requestsPerMinute: number | undefined;
  readonly tokensPerMinute: number | undefined;
}

/** Whoever sends a request: a virtual key with all that its team adds, or the master key. */
export interface Caller {
  readonly isAdmin: boolean;
  readonly keyHash: string;
  readonly keyAlias: string | undefined;
  readonly teamId: string | undefined;
  readonly isBlocked: boolean;
  readonly isTeamBlocked: boolean;
  /** Milliseconds since 1970. */
  readonly expiresAtMs: number | undefined;
  readonly keyModels: ModelAccess;
  readonly teamModels: ModelAccess;
  /** The key's first, then its team's. */
  readonly limits: readonly LimitScope[];
}

/** Every caller by the hash of its key; a rotating key stands under both of its hashes. */
export function buildCallers(config: GatewayConfig): { byHash: ReadonlyMap<string, Caller>; admin: Caller } {
  const masterKey = config.general_settings?.master_key;
  const masterHash = masterKey === undefined ? '' : hash('sha256', masterKey);
  const admin = adminCaller(masterHash);
  const byHash = new Map<string, Caller>();
  if (masterKey !== undefined) byHash.set(masterHash, admin);

  const teams = new Map(config.teams.map((team) => [team.team_id, team]));
  const teamLimits = new Map(config.teams.map((team) => [team.team_id, limitScope('team', team.team_id, team)]));
  for (const key of config.virtual_keys) {
    const team = key.team_id === undefined ? undefined : teams.get(key.team_id);
    const teamLimit = key.team_id === undefined ? undefined : teamLimits.get(key.team_id);
    const limits = [limitScope('key', key.key_alias, key), ...(teamLimit === undefined ? [] : [teamLimit])];
    for (const token of [key.token, key.previous_token])
      if (token !== undefined) byHash.set(token, keyCaller(token, key, team, limits));
  }
  return { byHash, admin };
}

function adminCaller(keyHash: string): Caller {
  return Object.freeze({
    isAdmin: true,
    keyHash,
    keyAlias: undefined,
    teamId: undefined,
    isBlocked: false,
    isTeamBlocked: false,
    expiresAtMs: undefined,
    keyModels: undefined,
    teamModels: undefined,
    limits: [],
  });
}

function keyCaller(
  token: string,
  key: ConfiguredKey,
  team: ConfiguredTeam | undefined,
  limits: readonly LimitScope[],
): Caller {
  return Object.freeze({
    isAdmin: false,
    keyHash: token,
    keyAlias: key.key_alias,
    teamId: key.team_id,
    isBlocked: key.blocked === true,
    isTeamBlocked: team?.blocked === true,
    expiresAtMs: key.expires === undefined ? undefined : Date.parse(key.expires),
    keyModels: modelAccess(key.models),
    teamModels: modelAccess(team?.models),
    limits,
  });
}

function limitScope(scope: LimitScope['scope'], id: string, limits: ConfiguredKey | ConfiguredTeam): LimitScope {
  return Object.freeze({
    scope,
    id,
    name: `${scope}:${id}`,
    maxBudgetNanoUsd: limits.max_budget === undefined ? undefined : usdToNanoUsd(limits.max_budget),
    budgetDuration: limits.budget_duration,
    requestsPerMinute: limits.rpm_limit,
    tokensPerMinute: limits.tpm_limit,
  });
}

const ALL_MODELS = new Set(['*', 'all-proxy-models', 'all-team-models']);

/** LiteLLM's reading of `models`: none listed means all, and some words mean all or none. */
function modelAccess(models: readonly string[] | undefined): ModelAccess {
  if (models === undefined || models.length === 0 || models.some((name) => ALL_MODELS.has(name))) return undefined;
  return new Set(models.filter((name) => name !== 'no-default-models'));
}
