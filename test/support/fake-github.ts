import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { notFound, refusal, type Answer, type Call, type Route } from './fake-github/answer.ts';
import { makeGitRoutes } from './fake-github/git-routes.ts';
import { openGitObjects, type GitObjects } from './fake-github/git-objects.ts';
import { serveGit } from './fake-github/git-over-http.ts';
import { answerGraphql } from './fake-github/graphql.ts';
import { allows, makeIdentities, tokenIn, type Identities } from './fake-github/identities.ts';
import type { Identity } from './fake-github/identity.ts';
import { makeIssueComments, type IssueComment } from './fake-github/issue-comments.ts';
import { makePullRequests, type PullRequest } from './fake-github/pull-requests.ts';
import { makeTempFolder, removeFolder } from './temp-folder.ts';

const OWNER = 'acme';
const REPO = 'gateway';
const LARGEST_BODY_BYTES = 50_000_000;
/** Any commit may be asked for, as on GitHub; and nobody waits for smaller packs on the loopback address. */
const SETTINGS = { 'uploadpack.allowAnySHA1InWant': 'true', 'core.compression': '0', 'pack.window': '0' };
const NOBODY: Identity = { login: 'nobody', type: 'User', permissions: {} };

/** GitHub as far as our actions use it, with one repository, on the loopback address. */
export interface FakeGitHub extends Pick<Identities, 'addToken' | 'addApp'> {
  readonly url: string;
  readonly repository: string;
  readonly objects: GitObjects;
  readonly comments: IssueComment[];
  readonly pullRequests: PullRequest[];
  /** Every request as `METHOD /path`, in order. */
  readonly requests: string[];
  readonly openPullRequest: (wanted: Pick<PullRequest, 'head' | 'base' | 'title'>) => PullRequest;
  /** Answers the next `count` requests of the API (with this method) with this in place of what they ask for. */
  failNext(count: number, answer: Answer, method?: string): void;
  stop(): Promise<void>;
}

/** 429 as GitHub sends it. */
export function tooManyRequests(retryAfterSeconds: number): Answer {
  const reset = String(Math.ceil(Date.now() / 1000) + retryAfterSeconds);
  return refusal(429, 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.', {
    'retry-after': String(retryAfterSeconds),
    'x-ratelimit-limit': '5000',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': reset,
  });
}

/** Starts it with an empty repository `acme/gateway`. Whoever starts it calls `stop`. */
export async function startFakeGitHub(): Promise<FakeGitHub> {
  const root = makeTempFolder();
  const folder = join(root, OWNER, `${REPO}.git`);
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', folder]);
  for (const [name, value] of Object.entries(SETTINGS)) execFileSync('git', ['-C', folder, 'config', name, value]);
  const objects = openGitObjects(folder);
  const identities = makeIdentities({ owner: OWNER, repo: REPO });
  const pulls = makePullRequests(OWNER, objects);
  const issues = makeIssueComments((number) => pulls.pullRequests.some((pull) => pull.number === number));
  const routes = [...identities.routes, ...issues.routes, ...pulls.routes, ...makeGitRoutes(objects)];
  const faults: { answer: Answer; method: string | undefined }[] = [];
  const requests: string[] = [];

  async function answer(request: IncomingMessage, url: URL): Promise<Answer> {
    const fault = faults.findIndex(({ method = request.method }) => method === request.method);
    if (fault !== -1) return faults.splice(fault, 1)[0]?.answer ?? notFound();
    const body = await readBody(request);
    if (body === undefined) return refusal(400, 'Problems parsing JSON');
    const call = { method: request.method ?? 'GET', url, headers: request.headers, body };
    if (url.pathname === '/graphql') {
      const by = identities.byToken(tokenIn(request.headers.authorization) ?? '');
      if (by === undefined) return refusal(401, 'Bad credentials');
      return answerGraphql({ ...call, parameters: {}, by }, `${OWNER}/${REPO}`, objects);
    }
    return answerRest(call, routes, identities);
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
    requests.push(`${request.method} ${url.pathname}`);
    if (isGit(url)) return serveGitToKnown(root, url, request, response, identities);
    void answer(request, url).then((given) => send(response, given));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    repository: `${OWNER}/${REPO}`,
    objects,
    comments: issues.comments,
    pullRequests: pulls.pullRequests,
    requests,
    openPullRequest: pulls.open,
    addToken: identities.addToken,
    addApp: identities.addApp,
    failNext: (count, answer, method) => void faults.push(...Array.from({ length: count }, () => ({ answer, method }))),
    stop: () => stop(server, root),
  };
}

async function answerRest(
  call: Omit<Call, 'by' | 'parameters'>,
  routes: readonly Route[],
  identities: Identities,
): Promise<Answer> {
  const found = findRoute(call.method, call.url.pathname, routes);
  if (found?.route.needs === undefined) {
    return found === undefined ? notFound() : found.route.handle({ ...call, parameters: found.parameters, by: NOBODY });
  }
  const { route, parameters } = found;
  const token = tokenIn(call.headers.authorization);
  if (token === undefined) return refusal(401, 'Requires authentication');
  const by = identities.byToken(token);
  if (by === undefined) return refusal(401, 'Bad credentials');
  if (parameters['owner'] !== OWNER || parameters['repo'] !== REPO) return notFound();
  const { access, anyOf } = found.route.needs;
  if (!anyOf.some((name) => allows(by.permissions[name], access)))
    return refusal(403, 'Resource not accessible by integration', {
      'x-accepted-github-permissions': anyOf.map((name) => `${name}=${access}`).join('; '),
    });
  return route.handle({ ...call, parameters, by });
}

function findRoute(
  method: string,
  pathname: string,
  routes: readonly Route[],
): { route: Route; parameters: Record<string, string> } | undefined {
  for (const route of routes) {
    const pattern = route.path.replaceAll(/\*(\w+)/g, '(?<$1>.+)').replaceAll(/:(\w+)/g, '(?<$1>[^/]+)');
    const match = new RegExp(`^${pattern}$`).exec(pathname);
    if (match !== null && route.method === method)
      return {
        route,
        parameters: Object.fromEntries(Object.entries(match.groups ?? {}).map(([k, v]) => [k, decodeURIComponent(v)])),
      };
  }
  return undefined;
}

function isGit(url: URL): boolean {
  return /\/(info\/refs|git-upload-pack|git-receive-pack)$/.test(url.pathname);
}

/** Git asks without a token first, and again with one once it has been refused. */
function serveGitToKnown(
  root: string,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
  identities: Identities,
): void {
  const by = identities.byToken(tokenIn(request.headers.authorization) ?? '');
  if (by === undefined || !allows(by.permissions['contents'], 'read')) {
    response.writeHead(by === undefined ? 401 : 403, { 'www-authenticate': 'Basic realm="GitHub"' }).end();
    return;
  }
  serveGit(root, url.pathname.replace(/^(\/[^/]+\/[^/.]+)(\.git)?\//, '$1.git/'), request, response);
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown> | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > LARGEST_BODY_BYTES) return undefined;
  }
  try {
    return bytes === 0 ? {} : (JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>);
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

async function stop(server: Server, root: string): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
  removeFolder(root);
}
