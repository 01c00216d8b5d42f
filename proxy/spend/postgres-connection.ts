import { Socket } from 'node:net';
import pg from 'pg';
import { StartError } from '../start-error.ts';

// A database that takes a connection and then says nothing must not hold anyone for longer than this.
const STATEMENT_MS = 30_000;
const ANSWER_MS = STATEMENT_MS + 5_000;

export interface PostgresConnection {
  /** Connects where it is not connected. Any failure but a refused statement ends the connection. */
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[], timeoutMs?: number): Promise<Row[]>;
  /** Ends the connection at once; the next query opens a new one. */
  reset(): void;
  /** Ends it for good: every query fails from now on, and the one under way. */
  close(): void;
}

/** One lasting connection, for one statement at a time. Throws as refuseBadAddress does. */
export function createPostgresConnection(options: { url: string; connectionTimeoutMs: number }): PostgresConnection {
  let isClosed = false;
  let current: { client: pg.Client; socket: Socket } | undefined;
  refuseBadAddress(options.url);

  async function connect(): Promise<pg.Client> {
    if (isClosed) throw new Error('the connection was closed');
    const socket = new Socket();
    const client = new pg.Client({
      connectionString: options.url,
      connectionTimeoutMillis: options.connectionTimeoutMs,
      application_name: 'tollgate',
      keepAlive: true,
      stream: () => socket,
    });
    const opened = { client, socket };
    current = opened;
    const forget = (): void => {
      if (current === opened) current = undefined;
    };
    // Without a listener a server that goes away would end the process.
    client.on('error', forget);
    client.on('end', forget);
    try {
      await client.connect();
      // Not with the first message, since poolers such as PgBouncer refuse that.
      await ask(client, `SET statement_timeout = ${STATEMENT_MS}`, undefined, options.connectionTimeoutMs);
    } catch (error) {
      reset();
      throw error;
    }
    return client;
  }

  function reset(): void {
    current?.socket.destroy();
    current = undefined;
  }

  return {
    async query<Row extends pg.QueryResultRow>(text: string, values?: unknown[], timeoutMs = ANSWER_MS) {
      const client = current?.client ?? (await connect());
      try {
        return await ask<Row>(client, text, values, timeoutMs);
      } catch (error) {
        if (!(error instanceof pg.DatabaseError)) reset();
        throw error;
      }
    },
    reset,
    close() {
      isClosed = true;
      reset();
    },
  };
}

async function ask<Row extends pg.QueryResultRow>(
  client: pg.Client,
  text: string,
  values: unknown[] | undefined,
  timeoutMs: number,
): Promise<Row[]> {
  // pg reads a timeout from each query, which its types leave out.
  const query: pg.QueryConfig & { query_timeout: number } = { text, query_timeout: timeoutMs };
  const { rows } = await client.query<Row>(values === undefined ? query : { ...query, values });
  return rows;
}

/** Throws StartError, without the address in it, where that is no address of a Postgres. */
export function refuseBadAddress(url: string): void {
  try {
    void new pg.Client({ connectionString: url });
  } catch {
    throw new StartError('the address of the database is not one: write postgres://USER:PASSWORD@HOST:PORT/DATABASE');
  }
}
