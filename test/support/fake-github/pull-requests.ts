import { invalid, notFound, pageOf, refusal, type Answer, type Call, type Route } from './answer.ts';
import type { GitObjects } from './git-objects.ts';
import { findFault } from './issue-comments.ts';

const READ = { access: 'read', anyOf: ['pull_requests'] } as const;
const WRITE = { access: 'write', anyOf: ['pull_requests'] } as const;
const LABEL = { access: 'write', anyOf: ['issues', 'pull_requests'] } as const;

export interface PullRequest {
  readonly number: number;
  readonly head: string;
  readonly base: string;
  readonly user: string;
  title: string;
  body: string;
  state: 'open' | 'closed';
  labels: string[];
}

/** Pull requests from branches of the repository itself. */
export function makePullRequests(
  owner: string,
  objects: GitObjects,
): {
  pullRequests: PullRequest[];
  routes: Route[];
  readonly open: (wanted: Pick<PullRequest, 'head' | 'base' | 'title'>) => PullRequest;
} {
  const pullRequests: PullRequest[] = [];

  function open(wanted: Pick<PullRequest, 'head' | 'base' | 'title'>, body = '', user = 'someone'): PullRequest {
    const pull = { ...wanted, body, user, number: pullRequests.length + 1, state: 'open' as const, labels: [] };
    pullRequests.push(pull);
    return pull;
  }

  function list({ url }: Call): Answer {
    const state = url.searchParams.get('state') ?? 'open';
    const head = url.searchParams.get('head');
    const base = url.searchParams.get('base');
    const found = pullRequests.filter(
      (pull) =>
        (state === 'all' || pull.state === state) &&
        (head === null || `${owner}:${pull.head}` === head) &&
        (base === null || pull.base === base),
    );
    return pageOf(
      found.map((pull) => shown(pull, objects)),
      url,
    );
  }

  function create({ body, by }: Call): Answer {
    const { title, head, base } = body;
    if (typeof title !== 'string' || title === '')
      return invalid('PullRequest', 'title', 'title is missing', 'missing_field');
    if (typeof head !== 'string' || typeof base !== 'string')
      return refusal(422, 'Invalid request.\n\n"head", "base" weren\'t supplied.');
    const headCommit = objects.headOf(head);
    const baseCommit = objects.headOf(base);
    if (headCommit === undefined) return invalid('PullRequest', 'head', '', 'invalid');
    if (baseCommit === undefined) return invalid('PullRequest', 'base', '', 'invalid');
    const text = (body['body'] ?? '') as string;
    const fault = text === '' ? undefined : findFault(text, 'PullRequest');
    if (fault !== undefined) return fault;
    if (pullRequests.some((pull) => pull.state === 'open' && pull.head === head && pull.base === base))
      return invalid('PullRequest', '', `A pull request already exists for ${owner}:${head}.`);
    if (objects.countCommits(baseCommit, headCommit) === 0)
      return invalid('PullRequest', '', `No commits between ${base} and ${head}`);
    return { status: 201, body: shown(open({ title, head, base }, text, by.login), objects) };
  }

  function update({ parameters, body }: Call): Answer {
    const pull = pullRequests.find(({ number }) => number === Number(parameters['number']));
    if (pull === undefined) return notFound();
    const fault = body['body'] === undefined ? undefined : findFault(body['body'], 'PullRequest');
    if (fault !== undefined) return fault;
    pull.title = (body['title'] as string | undefined) ?? pull.title;
    pull.body = (body['body'] as string | undefined) ?? pull.body;
    return { status: 200, body: shown(pull, objects) };
  }

  function addLabels({ parameters, body }: Call): Answer {
    const pull = pullRequests.find(({ number }) => number === Number(parameters['number']));
    if (pull === undefined) return notFound();
    pull.labels = [...new Set([...pull.labels, ...(body['labels'] as string[])])];
    return { status: 200, body: pull.labels.map((name) => ({ name })) };
  }

  const routes: Route[] = [
    { method: 'GET', path: '/repos/:owner/:repo/pulls', needs: READ, handle: list },
    { method: 'POST', path: '/repos/:owner/:repo/pulls', needs: WRITE, handle: create },
    { method: 'PATCH', path: '/repos/:owner/:repo/pulls/:number', needs: WRITE, handle: update },
    { method: 'POST', path: '/repos/:owner/:repo/issues/:number/labels', needs: LABEL, handle: addLabels },
  ];
  return { pullRequests, routes, open };
}

function shown(pull: PullRequest, objects: GitObjects): unknown {
  const { number, title, body, state, labels, head, base, user } = pull;
  return {
    number,
    title,
    body,
    state,
    html_url: `https://github.com/pull/${number}`,
    user: { login: user },
    labels: labels.map((name) => ({ name })),
    head: { ref: head, sha: objects.headOf(head) },
    base: { ref: base, sha: objects.headOf(base) },
  };
}
