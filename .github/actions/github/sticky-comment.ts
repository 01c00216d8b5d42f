import type { GitHub } from './connect-to-github.ts';

const COMMENTS_PER_PAGE = 100;
const MOST_PAGES = 50;

export interface StickyComment {
  readonly pullNumber: number;
  /** An HTML comment, which GitHub does not show; it opens the comment, and nothing else of ours does. */
  readonly marker: string;
  /** Undefined where there is nothing to say. */
  readonly body: string | undefined;
  /** Takes the place of a comment that has nothing to say any more. */
  readonly bodyOnceEmpty: string;
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

async function findComments(
  { rest, repository }: GitHub,
  { pullNumber, marker }: StickyComment,
): Promise<{ id: number; body: string }[]> {
  const pages = rest.paginate.iterator(rest.rest.issues.listComments, {
    ...repository,
    issue_number: pullNumber,
    per_page: COMMENTS_PER_PAGE,
  });
  const found: { id: number; body: string }[] = [];
  let page = 0;
  for await (const { data } of pages) {
    // A person may begin a comment with the marker too: that one is not ours to edit.
    const ours = data.filter(({ user, body }) => user?.type === 'Bot' && body?.startsWith(`${marker}\n`));
    found.push(...ours.map(({ id, body }) => ({ id, body: body ?? '' })));
    page += 1;
    if (page >= MOST_PAGES) break;
  }
  return found;
}
