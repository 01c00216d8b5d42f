import { Octokit } from '@octokit/rest';
import { sendWithRetries, type Pause } from './send-with-retries.ts';

const REQUEST_TIMEOUT_MS = 30_000;

export interface Repository {
  readonly owner: string;
  readonly repo: string;
}

/** One repository on GitHub, as one token sees it. */
export interface GitHub {
  readonly repository: Repository;
  readonly rest: Octokit;
  /** Asks a query or a mutation. Throws a GraphqlRefusal where GitHub answers with errors. */
  graphql<T>(query: string, variables: Readonly<Record<string, unknown>>): Promise<T>;
}

export interface Connection {
  readonly token: string;
  readonly repository: Repository;
  /** Such as `https://api.github.com`. */
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  readonly pause?: Pause;
}

/** What GitHub's GraphQL answers in place of data; its HTTP status is 200 all the same. */
export class GraphqlRefusal extends Error {
  readonly types: readonly string[];

  constructor(errors: readonly { readonly type?: string; readonly message: string }[]) {
    super(errors.map(({ message }) => message).join('; '));
    this.name = 'GraphqlRefusal';
    this.types = errors.map(({ type }) => type ?? 'UNKNOWN');
  }
}

/** The one way to GitHub: every request has a time limit, and is repeated where that helps, a bounded number of times. */
export function connectToGitHub({ token, repository, apiUrl, graphqlUrl, pause }: Connection): GitHub {
  const rest = new Octokit({
    auth: token,
    baseUrl: apiUrl,
    userAgent: 'tollgate-actions',
    log: silent,
    request: { fetch: fetchInTime },
  });
  rest.hook.wrap('request', (request, options) => sendWithRetries(() => request(options), options.method, pause));

  async function graphql<T>(query: string, variables: Readonly<Record<string, unknown>>): Promise<T> {
    const response = await rest.request(`POST ${graphqlUrl}`, { query, variables });
    const { data, errors } = response.data as { data?: T; errors?: { type?: string; message: string }[] };
    if (errors !== undefined && errors.length > 0) throw new GraphqlRefusal(errors);
    if (data === undefined) throw new Error('GitHub answered a GraphQL request with neither data nor errors');
    return data;
  }
  return { repository, rest, graphql };
}

function fetchInTime(url: string, options: RequestInit): Promise<Response> {
  return fetch(url, { ...options, signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) });
}

// Errors are told once, by the action that ends with them.
const silent = { debug() {}, info() {}, warn() {}, error() {} };
