export interface SimulatedErrorDetails {
  readonly param?: string;
  readonly code?: string;
  readonly retryAfterSeconds?: number;
}

/** What OpenAI answers in place of a result. */
export class SimulatedError extends Error {
  readonly status: number;
  readonly retryAfterSeconds: number | undefined;
  readonly #param: string | null;
  readonly #code: string | null;

  constructor(status: number, message: string, details: SimulatedErrorDetails = {}) {
    super(message);
    this.status = status;
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.#param = details.param ?? null;
    this.#code = details.code ?? null;
  }

  /** OpenAI's error envelope. */
  envelope() {
    return { error: { message: this.message, type: typeOf(this.status), param: this.#param, code: this.#code } };
  }
}

function typeOf(status: number): string {
  if (status === 429) return 'rate_limit_error';
  return status >= 500 ? 'server_error' : 'invalid_request_error';
}
