import pg from 'pg';
import { Refusal } from '../command-line/refusal.ts';

const CONNECT_MS = 10_000;
const STATEMENT_MS = 30_000;
const ANSWER_MS = STATEMENT_MS + 5_000;

/** Asks one question after the other within one transaction that cannot write. */
export type Ask = <Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<Row[]>;

/**
 * Reads a Postgres in one read-only transaction, so that all answers are of one moment. `schema` is Prisma's, from the
 * address. Throws a Refusal that names the server but never its password.
 */
export async function withDatabase<T>(address: string, read: (ask: Ask, schema: string) => Promise<T>): Promise<T> {
  const url = parseAddress(address);
  const client = new pg.Client({
    connectionString: address,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    query_timeout: ANSWER_MS,
    application_name: 'tollgate-import',
  });
  // A server that goes away fails the question under way; without a listener it would end the process first.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const ask: Ask = async (text, values) => (await client.query(text, values === undefined ? [] : [...values])).rows;
    return await read(ask, url.searchParams.get('schema') ?? 'public');
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(describeFailure(error, url), { cause: error });
  } finally {
    await client.end().catch(() => undefined);
  }
}

function parseAddress(address: string): URL {
  const url = URL.parse(address);
  const isPostgres = url?.protocol === 'postgres:' || url?.protocol === 'postgresql:';
  if (url !== null && isPostgres && url.hostname !== '') return url;
  throw new Refusal('the address of the database is not one: write postgres://USER:PASSWORD@HOST:PORT/DATABASE');
}

const UNREACHABLE = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT']);

function describeFailure(error: unknown, url: URL): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const message = error instanceof Error ? error.message : '';
  const server = `the database at ${url.host}`;
  const user = decodeURIComponent(url.username) || 'without a user';
  const database = decodeURIComponent(url.pathname.slice(1));
  if (UNREACHABLE.has(code))
    return `${server} cannot be reached (${code}): check the address, and the way to it from here`;
  if (message.includes('timeout expired'))
    return `${server} did not answer within ${CONNECT_MS / 1_000} seconds: check the address, and the way to it from here`;
  if (code === '28P01' || code === '28000' || message.startsWith('SASL'))
    return `${server} refuses ${user}: check the user and its password`;
  if (code === '3D000') return `${server} has no database ${database}: check the end of the address`;
  if (code === '42501') return `${server} does not let ${user} read LiteLLM's tables: grant SELECT on them`;
  if (code === '57014')
    return `${server} took longer than ${STATEMENT_MS / 1_000} seconds for one table: try again later`;
  return `${server} failed (${code || 'connection lost'}): try again, or look into its log`;
}
