-- One immutable row per request, as tokens by kind; money derives from the prices that stand beside them.
CREATE TABLE spend_logs (
  request_id          text PRIMARY KEY,
  started_at          timestamptz NOT NULL,
  first_byte_at       timestamptz,
  ended_at            timestamptz NOT NULL,
  endpoint            text NOT NULL,
  status              text NOT NULL,
  http_status         integer NOT NULL,
  error_code          text,
  key_alias           text,
  key_hash            text NOT NULL,
  team_id             text,
  model               text NOT NULL,
  deployment_id       text,
  provider            text,
  upstream_model      text,
  attempts            integer NOT NULL,
  is_stream           boolean NOT NULL,
  is_cache_hit        boolean NOT NULL,
  usage_source        text NOT NULL,
  input_tokens        bigint NOT NULL,
  cached_read_tokens  bigint NOT NULL,
  cache_write_tokens  bigint NOT NULL,
  audio_input_tokens  bigint NOT NULL,
  output_tokens       bigint NOT NULL,
  reasoning_tokens    bigint NOT NULL,
  audio_output_tokens bigint NOT NULL,
  cost_nano_usd       bigint,
  prices              jsonb
);

COMMENT ON COLUMN spend_logs.key_alias IS 'NULL for the master key';
COMMENT ON COLUMN spend_logs.cost_nano_usd IS '1e-9 USD; NULL where the price is unknown';
COMMENT ON COLUMN spend_logs.prices IS '1e-12 USD per token by kind, as they stood when the request was priced';

CREATE INDEX spend_logs_started_at ON spend_logs (started_at);
CREATE INDEX spend_logs_key_alias ON spend_logs (key_alias, started_at);
CREATE INDEX spend_logs_team_id ON spend_logs (team_id, started_at);
