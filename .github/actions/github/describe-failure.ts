import { isHttpFailure, type HttpFailure } from './http-failure.ts';
import { GraphqlRefusal } from './connect-to-github.ts';
import { isRateLimited, rateLimitEndMs } from './rate-limit.ts';

/** What went wrong and what to do, in one line without any token: what an action ends with. */
export function describeFailure(error: unknown): string {
  return lineOf(error)
    .replaceAll(/\s*\n\s*/g, ' ')
    .trim();
}

function lineOf(error: unknown): string {
  if (error instanceof GraphqlRefusal) return describeRefusal(error);
  if (isHttpFailure(error)) return describeRequest(error);
  return error instanceof Error ? error.message : String(error);
}

function describeRefusal({ types, message }: GraphqlRefusal): string {
  if (types.includes('FORBIDDEN')) return `the token may not do this (${message}): it needs contents: write`;
  if (types.includes('NOT_FOUND')) return `GitHub does not know it, or the token may not see it: ${message}`;
  return `GitHub refused: ${message}`;
}

function describeRequest(error: HttpFailure): string {
  const { status, response, request } = error;
  const asked = `${request.method} ${pathOf(request.url)}`;
  if (response === undefined) return `${asked}: ${hostOf(request.url)} did not answer: ${reasonOf(error)}`;
  if (isRateLimited(error)) {
    const until = new Date(rateLimitEndMs(error, Date.now())).toISOString();
    return `${asked}: GitHub limits our requests (${status}) until ${until}: run this job again then`;
  }
  const said = wordsOf(response.data) ?? error.message;
  if (status === 401) return `${asked}: GitHub refuses the token (401 ${said}): it is wrong, expired or revoked`;
  if (status === 403) return `${asked}: the token may not do this (403 ${said})${needOf(response.headers)}`;
  if (status === 404) return `${asked}: GitHub does not know it, or the token may not see it (404 ${said})`;
  if (status === 409) return `${asked}: it changed in the meantime (409 ${said}): run this job again`;
  if (status === 422) return `${asked}: GitHub refuses what was sent (422 ${said})`;
  return `${asked}: GitHub answered ${status} ${said}`;
}

function needOf(headers: Readonly<Record<string, unknown>>): string {
  const needed = headers['x-accepted-github-permissions'];
  return typeof needed === 'string' ? `: it needs ${needed}` : '';
}

/** The message of GitHub's envelope with that of each error in it. */
function wordsOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { message, errors = [] } = body as { message?: string; errors?: readonly (string | { message?: string })[] };
  const details = errors.map((error) => (typeof error === 'string' ? error : (error.message ?? JSON.stringify(error))));
  return [message, ...details].filter((text) => text !== undefined && text !== '').join(': ');
}

function reasonOf(error: HttpFailure): string {
  const cause = error.cause;
  if (!(cause instanceof Error)) return error.message;
  return cause.cause instanceof Error ? cause.cause.message : cause.message;
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'GitHub';
}
