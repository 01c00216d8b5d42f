import { GatewayError } from '../errors.ts';
import type { RequestState } from '../request-state.ts';
import { NO_USAGE } from '../usage/read-usage.ts';
import type { SpendLog } from './spend-log.ts';

/** The row of a request that has ended; `failure` is what a stage threw. Undefined members are left out of the JSON. */
export function buildSpendLog(state: RequestState, failure: unknown, endedAtMs: number): SpendLog {
  const { outcome, caller, request } = state;
  const deployment = outcome?.deployment;
  const usage = outcome?.usage ?? NO_USAGE;
  const row: { [Name in keyof SpendLog]: SpendLog[Name] | undefined } = {
    request_id: state.requestId,
    started_at_ms: state.startedAtMs,
    first_byte_at_ms: outcome?.firstByteAtMs,
    ended_at_ms: endedAtMs,
    endpoint: request.endpoint,
    status: outcome?.status ?? 'failure',
    http_status: outcome?.httpStatus ?? (failure instanceof GatewayError ? failure.status : 500),
    error_code:
      outcome === undefined ? (failure instanceof GatewayError ? failure.code : 'internal') : outcome.errorCode,
    key_alias: caller.keyAlias,
    key_hash: caller.keyHash,
    team_id: caller.teamId,
    model: request.model,
    deployment_id: deployment?.id,
    provider: deployment?.provider,
    upstream_model: deployment?.upstreamModel,
    attempts: outcome?.attempts ?? 0,
    is_stream: request.isStream,
    is_cache_hit: outcome?.isCacheHit ?? false,
    usage_source: outcome?.usageSource ?? 'none',
    input_tokens: usage.input,
    cached_read_tokens: usage.cachedRead,
    cache_write_tokens: usage.cacheWrite,
    audio_input_tokens: usage.audioInput,
    output_tokens: usage.output,
    reasoning_tokens: usage.reasoning,
    audio_output_tokens: usage.audioOutput,
    cost_nano_usd: state.costNanoUsd,
    prices: outcome?.usageSource === 'none' ? undefined : deployment?.prices,
  };
  return row as SpendLog;
}
