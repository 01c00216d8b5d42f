import { Client } from 'pg';
import type { Sample } from './measure.ts';

/**
 * Counts the spend rows, so that a gateway that forgets to write is not called fast.
 * @throws Error where Postgres has fewer rows than the measured rounds had answers
 */
export async function checkSpendRows(databaseUrl: string, samples: readonly Sample[]): Promise<string> {
  const answered = samples
    .filter(({ target }) => target === 'tollgate')
    .reduce((sum, { requests }) => sum + requests, 0);
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const result = await client.query<{ rows: string }>('SELECT count(*) AS rows FROM spend_logs');
    const rows = Number(result.rows[0]?.rows ?? 0);
    if (rows < answered) throw new Error(`${answered} measured answers, but only ${rows} rows of spend in Postgres`);
    return `${rows} rows of spend in Postgres for ${answered} measured answers and those around them`;
  } finally {
    await client.end();
  }
}
