-- What each key and team spent in each hour (UTC), kept in step by the statement that stores the rows.
CREATE TABLE spend_hourly (
  scope             text NOT NULL CHECK (scope IN ('key', 'team')),
  scope_id          text NOT NULL,
  hour              timestamptz NOT NULL,
  requests          bigint NOT NULL,
  unpriced_requests bigint NOT NULL,
  input_tokens      bigint NOT NULL,
  output_tokens     bigint NOT NULL,
  cost_nano_usd     bigint NOT NULL,
  PRIMARY KEY (scope, scope_id, hour)
);

COMMENT ON COLUMN spend_hourly.unpriced_requests IS 'requests of unknown price, which cost_nano_usd leaves out';
COMMENT ON COLUMN spend_hourly.input_tokens IS 'all kinds of input: fresh, cached, written to a cache, audio';
COMMENT ON COLUMN spend_hourly.output_tokens IS 'all kinds of output: text, reasoning, audio';

CREATE INDEX spend_hourly_hour ON spend_hourly (hour);
