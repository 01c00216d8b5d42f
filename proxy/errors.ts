// Every error that the gateway answers with of its own, one row each. Status, type and wording are LiteLLM's where
// it has the same error, since clients match on them; `code` in the envelope is the status as text, also LiteLLM's.

type Fields = Readonly<Record<string, string | number>>;

interface ErrorRow {
  readonly status: number;
  readonly type: string;
  readonly message: (fields: Fields) => string;
  /** The request's part that is at fault. */
  readonly param?: string;
}

const row = (status: number, type: string, message: (fields: Fields) => string, param?: string): ErrorRow =>
  param === undefined ? { status, type, message } : { status, type, message, param };

export const ERRORS = {
  key_missing: row(401, 'auth_error', () => 'Authentication Error, No api key passed in.'),
  key_malformed: row(
    401,
    'auth_error',
    ({ key }) => `Authentication Error, LiteLLM Virtual Key expected. Received=${key}, expected to start with 'sk-'.`,
  ),
  key_unknown: row(
    401,
    'token_not_found_in_db',
    ({ key, hash }) =>
      `Authentication Error, Invalid proxy server token passed. Received API Key = ${key}, Key Hash (Token) =${hash}. Unable to find token in cache or \`LiteLLM_VerificationTokenTable\``,
  ),
  key_blocked: row(
    401,
    'auth_error',
    () => "Authentication Error, Key is blocked. Update via `/key/unblock` if you're admin.",
  ),
  key_expired: row(
    400,
    'expired_key',
    ({ expiry, now }) => `Authentication Error - Expired Key. Key Expiry time ${expiry} and current time ${now}`,
  ),
  team_blocked: row(
    401,
    'auth_error',
    ({ team }) => `Authentication Error, Team=${team} is blocked. Update via \`/team/unblock\` if your admin.`,
  ),
  key_model_denied: row(
    401,
    'key_model_access_denied',
    ({ models, model }) =>
      `key not allowed to access model. This key can only access models=[${models}]. Tried to access ${model}`,
    'model',
  ),
  team_model_denied: row(
    401,
    'team_model_access_denied',
    ({ models, model }) =>
      `team not allowed to access model. This team can only access models=[${models}]. Tried to access ${model}`,
    'model',
  ),
  route_unknown: row(404, 'not_found_error', ({ path }) => `Unknown route ${path}`),
  method_not_allowed: row(405, 'invalid_request_error', ({ method }) => `Method ${method} is not allowed here`),
  model_missing: row(
    400,
    'invalid_request_error',
    () => 'litellm.BadRequestError: the request names no model; send `model` as text',
    'model',
  ),
  model_unknown: row(
    400,
    'invalid_request_error',
    ({ path, model }) =>
      `${path}: Invalid model name passed in model=${model}. Call \`/v1/models\` to view available models for your key.`,
    'model',
  ),
  model_not_found: row(404, 'not_found_error', ({ model }) => `The model ${model} does not exist`, 'model'),
  body_invalid: row(400, 'invalid_request_error', ({ reason }) => `The body is not a JSON object: ${reason}`),
  body_too_large: row(413, 'invalid_request_error', ({ limit }) => `The body is larger than ${limit} bytes`),
  body_incomplete: row(400, 'invalid_request_error', () => 'The connection closed before the whole body arrived'),
  budget_exceeded: row(
    429,
    'budget_exceeded',
    ({ entity, spent, limit }) => `Budget has been exceeded! ${entity} Current cost: ${spent}, Max budget: ${limit}`,
  ),
  budget_in_use: row(
    429,
    'budget_exceeded',
    ({ entity, spent, reserved, limit }) =>
      `Budget has been exceeded! ${entity} Current cost: ${spent}, Max budget: ${limit}; requests in flight may use the remaining budget (reserved: ${reserved}), retry when they have ended`,
  ),
  rate_limited: row(
    429,
    'None',
    ({ scope, id, kind, limit, remaining, resetsAt }) =>
      `Rate limit exceeded for ${scope}: ${id}. Limit type: ${kind}. Current limit: ${limit}, Remaining: ${remaining}. Limit resets at: ${resetsAt}`,
  ),
  database_unavailable: row(
    503,
    'no_db_connection',
    () => 'The database is away and this gateway is set to wait for it',
  ),
  spend_unwritable: row(503, 'service_unavailable', () => 'The gateway cannot record spend at the moment'),
  upstream_unauthorized: row(
    401,
    'authentication_error',
    ({ model }) => `litellm.AuthenticationError: the upstream of ${model} refused the gateway's own credential`,
  ),
  upstream_failed: row(
    502,
    'upstream_error',
    ({ model, status }) => `The upstream of ${model} answered ${status} without an explanation that can be passed on`,
  ),
  upstream_unreachable: row(
    503,
    'service_unavailable',
    ({ model }) => `litellm.APIConnectionError: no connection to the upstream of ${model}`,
  ),
  upstream_timeout: row(
    408,
    'timeout_error',
    ({ model }) => `litellm.Timeout: the upstream of ${model} did not answer in time`,
  ),
  upstream_too_large: row(502, 'upstream_error', ({ model }) => `The answer of the upstream of ${model} is too large`),
  upstream_cut: row(
    502,
    'upstream_error',
    ({ model }) => `The upstream of ${model} broke off in the middle of its answer`,
  ),
  internal: row(500, 'internal_server_error', ({ id }) => `Internal error; the gateway's log has it under ${id}`),
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof ERRORS;

/** An error of the catalogue, thrown by a stage and answered by handle-errors.ts. */
export class GatewayError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly type: string;
  readonly param: string | undefined;
  /** Sent with the answer, such as retry-after. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: ErrorCode,
    fields: Fields = {},
    options: { cause?: unknown; headers?: Record<string, string>; param?: string } = {},
  ) {
    const entry: ErrorRow = ERRORS[code];
    super(entry.message(fields), { cause: options.cause });
    this.name = 'GatewayError';
    this.code = code;
    this.status = entry.status;
    this.type = entry.type;
    this.param = options.param ?? entry.param;
    this.headers = options.headers ?? {};
  }
}

/** OpenAI's error envelope as LiteLLM fills it. */
export function errorEnvelope(error: GatewayError): string {
  const { message, type } = error;
  return JSON.stringify({ error: { message, type, param: error.param ?? 'None', code: String(error.status) } });
}
