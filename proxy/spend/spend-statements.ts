// SQL for PostgreSQL 15 to 18.

/**
 * Stores the rows of a JSON array ($1, its bytes) and adds the new ones to the roll-up. Both take their locks in one order, so
 * that several gateways never wait for each other in a circle.
 */
export const INSERT_SPEND_LOGS = `
WITH incoming AS (
  SELECT * FROM jsonb_to_recordset(convert_from($1::bytea, 'UTF8')::jsonb) AS line (
    request_id text, started_at_ms double precision, first_byte_at_ms double precision, ended_at_ms double precision,
    endpoint text, status text, http_status integer, error_code text, key_alias text, key_hash text, team_id text,
    model text, deployment_id text, provider text, upstream_model text, attempts integer, is_stream boolean,
    is_cache_hit boolean, usage_source text, input_tokens bigint, cached_read_tokens bigint,
    cache_write_tokens bigint, audio_input_tokens bigint, output_tokens bigint, reasoning_tokens bigint,
    audio_output_tokens bigint, cost_nano_usd bigint, prices jsonb
  )
),
stored AS (
  INSERT INTO spend_logs (
    request_id, started_at, first_byte_at, ended_at, endpoint, status, http_status, error_code, key_alias, key_hash,
    team_id, model, deployment_id, provider, upstream_model, attempts, is_stream, is_cache_hit, usage_source,
    input_tokens, cached_read_tokens, cache_write_tokens, audio_input_tokens, output_tokens, reasoning_tokens,
    audio_output_tokens, cost_nano_usd, prices
  )
  SELECT
    request_id, to_timestamp(started_at_ms / 1000), to_timestamp(first_byte_at_ms / 1000),
    to_timestamp(ended_at_ms / 1000), endpoint, status, http_status, error_code, key_alias, key_hash,
    team_id, model, deployment_id, provider, upstream_model, attempts, is_stream, is_cache_hit, usage_source,
    input_tokens, cached_read_tokens, cache_write_tokens, audio_input_tokens, output_tokens, reasoning_tokens,
    audio_output_tokens, cost_nano_usd, prices
  FROM incoming
  ORDER BY request_id
  ON CONFLICT (request_id) DO NOTHING
  RETURNING *
),
rolled_up AS (
  INSERT INTO spend_hourly (
    scope, scope_id, hour, requests, unpriced_requests, input_tokens, output_tokens, cost_nano_usd
  )
  SELECT
    scope, scope_id, date_trunc('hour', started_at, 'UTC') AS hour, count(*), count(*) - count(cost_nano_usd),
    sum(input_tokens + cached_read_tokens + cache_write_tokens + audio_input_tokens),
    sum(output_tokens + reasoning_tokens + audio_output_tokens), coalesce(sum(cost_nano_usd), 0)
  FROM stored CROSS JOIN LATERAL (VALUES ('key', key_alias), ('team', team_id)) AS payer (scope, scope_id)
  WHERE scope_id IS NOT NULL
  GROUP BY scope, scope_id, hour
  ORDER BY scope, scope_id, hour
  ON CONFLICT (scope, scope_id, hour) DO UPDATE SET
    requests = spend_hourly.requests + excluded.requests,
    unpriced_requests = spend_hourly.unpriced_requests + excluded.unpriced_requests,
    input_tokens = spend_hourly.input_tokens + excluded.input_tokens,
    output_tokens = spend_hourly.output_tokens + excluded.output_tokens,
    cost_nano_usd = spend_hourly.cost_nano_usd + excluded.cost_nano_usd
)
SELECT count(*)::integer AS stored FROM stored`;

/**
 * Money per window of a JSON array ($1), in its order: from the roll-up where the window begins on a full hour, else
 * from the rows themselves.
 */
export const SELECT_TOTALS = `
SELECT place, cost.nano_usd::text
FROM jsonb_to_recordset($1::jsonb) AS budget (place integer, scope text, id text, since_ms double precision)
CROSS JOIN LATERAL (SELECT to_timestamp(since_ms / 1000) AS since) AS start
CROSS JOIN LATERAL (
  SELECT coalesce(sum(part.nano_usd), 0) AS nano_usd FROM (
    SELECT sum(cost_nano_usd) AS nano_usd FROM spend_hourly
    WHERE date_trunc('hour', since, 'UTC') = since
      AND spend_hourly.scope = budget.scope AND scope_id = id AND hour >= since
    UNION ALL
    SELECT sum(cost_nano_usd) FROM spend_logs
    WHERE date_trunc('hour', since, 'UTC') <> since
      AND budget.scope = 'key' AND key_alias = id AND started_at >= since
    UNION ALL
    SELECT sum(cost_nano_usd) FROM spend_logs
    WHERE date_trunc('hour', since, 'UTC') <> since
      AND budget.scope = 'team' AND team_id = id AND started_at >= since
  ) AS part
) AS cost
ORDER BY place`;
