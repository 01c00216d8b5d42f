import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

const SCHEMA = readFileSync(join(import.meta.dirname, '../fixtures/litellm/database.sql'), 'utf8');

/** A key as LiteLLM stores it: `secret` becomes its hash, and the columns that are not given are LiteLLM's defaults. */
export interface StoredKey {
  readonly secret: string;
  /** Stored as it is, which LiteLLM did long ago. */
  readonly isRaw?: boolean;
  readonly columns: Readonly<Record<string, unknown>>;
}

/** The hash that LiteLLM stores of a key. */
export function litellmHash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Makes LiteLLM's tables, with teams and budgets of the fixture and these keys, in the database at `url`. */
export async function fillLitellmDatabase(url: string, keys: readonly StoredKey[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(SCHEMA);
    for (const { secret, isRaw = false, columns } of keys) {
      const values = { token: isRaw ? secret : litellmHash(secret), ...columns };
      const names = Object.keys(values).map((name) => pg.escapeIdentifier(name));
      const places = names.map((_name, index) => `$${index + 1}`);
      const insert = `INSERT INTO "LiteLLM_VerificationToken" (${names.join(', ')}) VALUES (${places.join(', ')})`;
      await client.query(insert, Object.values(values));
    }
  } finally {
    await client.end();
  }
}

/** Runs statements, one after the other. */
export async function runStatements(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
