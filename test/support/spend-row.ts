import type { SpendLog } from '../../proxy/spend/spend-log.ts';

/** 2026-11-24 10:20:30 UTC. */
export const ROW_STARTED_AT_MS = Date.UTC(2026, 10, 24, 10, 20, 30);

type Differences = { [Name in keyof SpendLog]?: SpendLog[Name] | undefined };

/** A row of a successful chat that cost 1,000 nano-USD, but for what `differences` says; undefined leaves a member out. */
export function spendRow(requestId: string, differences: Differences = {}): SpendLog {
  const row: Differences = {
    request_id: requestId,
    started_at_ms: ROW_STARTED_AT_MS,
    first_byte_at_ms: ROW_STARTED_AT_MS + 200,
    ended_at_ms: ROW_STARTED_AT_MS + 900,
    endpoint: 'chat_completions',
    status: 'success',
    http_status: 200,
    key_alias: 'search-api',
    key_hash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    team_id: 'search',
    model: 'azure-gpt-4o',
    deployment_id: 'azure-gpt-4o-1',
    provider: 'azure',
    upstream_model: 'gpt-4o',
    attempts: 1,
    is_stream: false,
    is_cache_hit: false,
    usage_source: 'upstream',
    input_tokens: 90,
    cached_read_tokens: 10,
    cache_write_tokens: 0,
    audio_input_tokens: 0,
    output_tokens: 40,
    reasoning_tokens: 10,
    audio_output_tokens: 0,
    cost_nano_usd: 1_000,
    prices: {
      source: 'genai-prices',
      input: 2_500_000,
      cachedRead: 1_250_000,
      cacheWrite: 2_500_000,
      audioInput: 2_500_000,
      output: 10_000_000,
      reasoning: 10_000_000,
      audioOutput: 10_000_000,
    },
    ...differences,
  };
  return row as SpendLog;
}
