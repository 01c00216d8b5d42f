import type { GitHub } from './connect-to-github.ts';

const COMMENTS_PER_PAGE = 100;
const MOST_PAGES = 50;

const WHO_AM_I = `query { viewer { login } }`;

export interface StickyComment {
  readonly pullNumber: number;
  /** An HTML comment, which GitHub does not show; it opens the comment, and nothing else of ours does. */
  readonly marker: string;
  /** Undefined where there is nothing to say. */
  readonly body: string | undefined;
  /** Takes the place of a comment that has nothing to say any more. */
  readonly bodyOnceEmpty: string;
}

interface MarkedComment {
  readonly id: number;
  readonly body: string;
  readonly author: string | undefined;
}

export type CommentOutcome = 'created' | 'edited' | 'emptied' | 'unchanged' | 'none';

/**
 * Keeps one comment on a pull request: the first has its text replaced, any further ones go. Where nothing is to be said
 * and nothing was ever said there is none. Throws what GitHub refuses.
 */
export async function keepStickyComment(github: GitHub, comment: StickyComment): Promise<CommentOutcome> {
  const { rest, repository } = github;
  const [first, ...duplicates] = await findComments(github, comment);
  for (const { id } of duplicates) await rest.rest.issues.deleteComment({ ...repository, comment_id: id });
  if (first === undefined && comment.body === undefined) return 'none';

  const body = `${comment.marker}\n${comment.body ?? comment.bodyOnceEmpty}`;
  if (first === undefined) {
    await rest.rest.issues.createComment({ ...repository, issue_number: comment.pullNumber, body });
    return 'created';
  }
  if (first.body === body) return 'unchanged';
  await rest.rest.issues.updateComment({ ...repository, comment_id: first.id, body });
  return comment.body === undefined ? 'emptied' : 'edited';
}

/** Ours begin with the marker and are the token's own: people and other bots may copy the marker. */
async function findComments(github: GitHub, comment: StickyComment): Promise<MarkedComment[]> {
  const marked = await findMarked(github, comment);
  if (marked.length === 0) return [];
  const { viewer } = await github.graphql<{ viewer: { login: string } }>(WHO_AM_I, {});
  return marked.filter(({ author }) => author === viewer.login);
}

async function findMarked(
  { rest, repository }: GitHub,
  { pullNumber, marker }: StickyComment,
): Promise<MarkedComment[]> {
  const pages = rest.paginate.iterator(rest.rest.issues.listComments, {
    ...repository,
    issue_number: pullNumber,
    per_page: COMMENTS_PER_PAGE,
  });
  const found: MarkedComment[] = [];
  let page = 0;
  for await (const { data } of pages) {
    const marked = data.filter(({ body }) => body?.startsWith(`${marker}\n`));
    found.push(...marked.map(({ id, body, user }) => ({ id, body: body ?? '', author: user?.login })));
    page += 1;
    if (page >= MOST_PAGES) break;
  }
  return found;
}
