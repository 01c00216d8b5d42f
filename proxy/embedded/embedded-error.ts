/** The embedded Postgres cannot run here; the message is one line with the fix. */
export class EmbeddedError extends Error {
  override readonly name = 'EmbeddedError';
}
