import { invalid, notFound, pageOf, refusal, type Answer, type Call, type Route } from './answer.ts';

const MOST_CHARACTERS = 65_536;
const WRITE = { access: 'write', anyOf: ['issues', 'pull_requests'] } as const;
const READ = { access: 'read', anyOf: ['issues', 'pull_requests'] } as const;

export interface IssueComment {
  readonly id: number;
  readonly issueNumber: number;
  readonly user: { readonly login: string; readonly type: 'Bot' | 'User' };
  body: string;
}

/** Comments and labels of issues and pull requests. */
export function makeIssueComments(issueExists: (number: number) => boolean): {
  comments: IssueComment[];
  routes: Route[];
} {
  const comments: IssueComment[] = [];
  let lastId = 0;

  function list({ parameters, url }: Call): Answer {
    const issueNumber = Number(parameters['number']);
    if (!issueExists(issueNumber)) return notFound();
    return pageOf(comments.filter((comment) => comment.issueNumber === issueNumber).map(shown), url);
  }

  function create({ parameters, body, by }: Call): Answer {
    const issueNumber = Number(parameters['number']);
    if (!issueExists(issueNumber)) return notFound();
    const fault = findFault(body['body']);
    if (fault !== undefined) return fault;
    const comment = {
      id: (lastId += 1),
      issueNumber,
      user: { login: by.login, type: by.type },
      body: body['body'] as string,
    };
    comments.push(comment);
    return { status: 201, body: shown(comment) };
  }

  function update({ parameters, body }: Call): Answer {
    const comment = comments.find(({ id }) => id === Number(parameters['id']));
    if (comment === undefined) return notFound();
    const fault = findFault(body['body']);
    if (fault !== undefined) return fault;
    comment.body = body['body'] as string;
    return { status: 200, body: shown(comment) };
  }

  function remove({ parameters }: Call): Answer {
    const index = comments.findIndex(({ id }) => id === Number(parameters['id']));
    if (index === -1) return notFound();
    comments.splice(index, 1);
    return { status: 204 };
  }

  const routes: Route[] = [
    { method: 'GET', path: '/repos/:owner/:repo/issues/:number/comments', needs: READ, handle: list },
    { method: 'POST', path: '/repos/:owner/:repo/issues/:number/comments', needs: WRITE, handle: create },
    { method: 'PATCH', path: '/repos/:owner/:repo/issues/comments/:id', needs: WRITE, handle: update },
    { method: 'DELETE', path: '/repos/:owner/:repo/issues/comments/:id', needs: WRITE, handle: remove },
  ];
  return { comments, routes };
}

/** Why GitHub does not take this as a comment's or a pull request's text. */
export function findFault(body: unknown, resource = 'IssueComment'): Answer | undefined {
  if (typeof body !== 'string') return refusal(422, 'Invalid request.\n\n"body" wasn\'t supplied.');
  if (body.trim() === '') return invalid(resource, 'body', "body can't be blank", 'missing_field');
  if (body.length <= MOST_CHARACTERS) return undefined;
  return invalid(resource, 'data', `Body is too long (maximum is ${MOST_CHARACTERS} characters)`, 'unprocessable');
}

function shown({ id, user, body }: IssueComment): unknown {
  return { id, user, body };
}
