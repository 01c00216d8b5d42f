/** Tokens of one request by kind; a kind that the upstream does not tell is 0. The kinds do not overlap. */
export interface TokenUsage {
  /** Fresh input text, without cached reads, cache writes and audio. */
  readonly input: number;
  readonly cachedRead: number;
  readonly cacheWrite: number;
  readonly audioInput: number;
  /** Output text, without reasoning and audio. */
  readonly output: number;
  readonly reasoning: number;
  readonly audioOutput: number;
}

/** Pico-USD per token by kind, as they stood when the request was priced, and where they come from. */
export interface TokenPrices {
  readonly source: string;
  readonly input: number;
  readonly cachedRead: number;
  readonly cacheWrite: number;
  readonly audioInput: number;
  readonly output: number;
  readonly reasoning: number;
  readonly audioOutput: number;
}

/**
 * One immutable row per request. The names are the columns of table spend_logs, so that a line of the journal is
 * what Postgres is given, untouched. Times are milliseconds since 1970.
 */
export interface SpendLog {
  /** Unique for ever: a row that arrives twice is stored once. */
  readonly request_id: string;
  readonly started_at_ms: number;
  /** Undefined where no answer began. */
  readonly first_byte_at_ms?: number;
  readonly ended_at_ms: number;
  readonly endpoint: 'chat_completions' | 'embeddings';
  readonly status: 'success' | 'failure' | 'client_closed';
  readonly http_status: number;
  readonly error_code?: string;
  /** Undefined for the master key. */
  readonly key_alias?: string;
  readonly key_hash: string;
  readonly team_id?: string;
  readonly model: string;
  readonly deployment_id?: string;
  readonly provider?: string;
  readonly upstream_model?: string;
  readonly attempts: number;
  readonly is_stream: boolean;
  readonly is_cache_hit: boolean;
  /** `none`: the request cost nothing because no upstream worked for it. */
  readonly usage_source: 'upstream' | 'estimated' | 'cache' | 'none';
  readonly input_tokens: number;
  readonly cached_read_tokens: number;
  readonly cache_write_tokens: number;
  readonly audio_input_tokens: number;
  readonly output_tokens: number;
  readonly reasoning_tokens: number;
  readonly audio_output_tokens: number;
  /** Undefined for an unknown price: never 0 in silence. */
  readonly cost_nano_usd?: number;
  readonly prices?: TokenPrices;
}
