import pg from 'pg';
import { Refusal } from '../command-line/refusal.ts';

/** What was asked for, by who asked and who answered, in the time that is looked at. */
export interface SpentGroup {
  readonly team: string | undefined;
  /** Undefined for the master key. */
  readonly key: string | undefined;
  readonly model: string;
  readonly upstreamModel: string | undefined;
  readonly requests: number;
  /** Of which no price was known, so that the cost leaves them out. */
  readonly unpriced: number;
  /** By kind, of requests that an upstream answered; the kinds do not overlap. */
  readonly tokens: Readonly<Record<TokenKind, number>>;
  readonly costNanoUsd: number;
}

/** What a key or a team spent on one day (UTC). */
export interface SpentDay {
  readonly scope: 'key' | 'team';
  readonly id: string;
  readonly dayMs: number;
  readonly costNanoUsd: number;
}

export interface RecordedSpend {
  readonly groups: readonly SpentGroup[];
  readonly days: readonly SpentDay[];
  /** Whether there was more than is looked at. */
  readonly isCut: boolean;
}

export const TOKEN_KINDS = {
  input: 'input_tokens',
  cachedRead: 'cached_read_tokens',
  cacheWrite: 'cache_write_tokens',
  audioInput: 'audio_input_tokens',
  output: 'output_tokens',
  reasoning: 'reasoning_tokens',
  audioOutput: 'audio_output_tokens',
} as const;
export type TokenKind = keyof typeof TOKEN_KINDS;

const CONNECT_MS = 10_000;
const STATEMENT_MS = 60_000;
const MOST_GROUPS = 10_000;
const MOST_DAYS = 100_000;

const GROUPS = `
SELECT team_id, key_alias, model, upstream_model, count(*)::text AS requests,
  (count(*) - count(cost_nano_usd))::text AS unpriced, coalesce(sum(cost_nano_usd), 0)::text AS cost,
  ${Object.values(TOKEN_KINDS)
    .map((column) => `coalesce(sum(${column}) FILTER (WHERE NOT is_cache_hit), 0)::text AS ${column}`)
    .join(', ')}
FROM spend_logs
WHERE started_at >= $1 AND started_at < $2
GROUP BY team_id, key_alias, model, upstream_model
ORDER BY count(*) DESC, team_id, key_alias, model, upstream_model
LIMIT ${MOST_GROUPS + 1}`;

const DAYS = `
SELECT scope, scope_id, extract(epoch FROM date_trunc('day', hour, 'UTC'))::text AS seconds, sum(cost_nano_usd)::text AS cost
FROM spend_hourly
WHERE hour >= $1 AND hour < $2
GROUP BY scope, scope_id, date_trunc('day', hour, 'UTC')
ORDER BY sum(cost_nano_usd) DESC
LIMIT ${MOST_DAYS + 1}`;

export interface SpendWanted {
  readonly since: Date;
  /** Of the days; they may begin earlier. */
  readonly daysSince: Date;
  readonly until: Date;
}

/**
 * Reads what a gateway's database holds of a time, summed up there. Writes nothing: its one transaction is read-only.
 * Throws Refusal, without any part of the address, where it does not answer or is no gateway's.
 */
export async function readSpend(url: string, { since, daysSince, until }: SpendWanted): Promise<RecordedSpend> {
  const client = connect(url);
  // Without a listener a server that goes away would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('BEGIN TRANSACTION READ ONLY');
    await client.query(`SET LOCAL statement_timeout = ${STATEMENT_MS}`);
    const groups = await client.query<Record<string, string | null>>(GROUPS, [since, until]);
    const days = await client.query<Record<string, string>>(DAYS, [daysSince, until]);
    await client.query('COMMIT');
    return {
      groups: groups.rows.slice(0, MOST_GROUPS).map(groupOf),
      days: days.rows.slice(0, MOST_DAYS).map(dayOf),
      isCut: groups.rows.length > MOST_GROUPS || days.rows.length > MOST_DAYS,
    };
  } catch (error) {
    throw refusalOf(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function connect(url: string): pg.Client {
  try {
    return new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: STATEMENT_MS + CONNECT_MS,
      application_name: 'tollgate-plan',
    });
  } catch {
    throw new Refusal('spend-url is no address of a Postgres: write postgres://USER:PASSWORD@HOST:PORT/DATABASE');
  }
}

function groupOf(row: Record<string, string | null>): SpentGroup {
  const tokens = Object.entries(TOKEN_KINDS).map(([kind, column]) => [kind, Number(row[column])]);
  return {
    team: row['team_id'] ?? undefined,
    key: row['key_alias'] ?? undefined,
    model: row['model'] ?? '',
    upstreamModel: row['upstream_model'] ?? undefined,
    requests: Number(row['requests']),
    unpriced: Number(row['unpriced']),
    tokens: Object.fromEntries(tokens) as SpentGroup['tokens'],
    costNanoUsd: Number(row['cost']),
  };
}

function dayOf(row: Record<string, string>): SpentDay {
  return {
    scope: row['scope'] === 'key' ? 'key' : 'team',
    id: row['scope_id'] ?? '',
    dayMs: Number(row['seconds']) * 1_000,
    costNanoUsd: Number(row['cost']),
  };
}

/** By the code of Node or of Postgres (https://www.postgresql.org/docs/15/errcodes-appendix.html), since messages hold names and addresses. */
const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'it hung up',
  ENOTFOUND: 'its name is not known here, as that of a private database outside of its network',
  EAI_AGAIN: 'its name cannot be looked up here',
  EHOSTUNREACH: 'there is no way to it from here',
  ENETUNREACH: 'there is no way to it from here',
  '28000': 'it does not let this user in',
  '28P01': 'it refuses the password',
  '3D000': 'it has no database of this name',
  '42501': 'this user may not read: grant SELECT on spend_logs and spend_hourly',
  '42P01': "it has no table spend_logs: write the address of a gateway's database",
  '57014': 'it took too long to add up',
};

function refusalOf(error: unknown): Refusal {
  const { code = '' } = error as { code?: string };
  // Where it waits in vain the driver gives no code.
  const reason = REASONS[code] ?? (code === '' ? 'it did not answer in time' : `it failed with ${code}`);
  return new Refusal(`the database of spend-url cannot be read: ${reason}`, { cause: error });
}
