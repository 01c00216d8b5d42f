import type { GitHub } from './connect-to-github.ts';

// GitHub takes 65,536; whoever reads more than this reads the diff.
const MOST_BODY_CHARACTERS = 60_000;
const CUT = '\n\n(cut here: the diff has the rest)';

export interface WantedPullRequest {
  readonly base: string;
  readonly branch: string;
  readonly title: string;
  readonly body: string;
}

export interface KeptPullRequest {
  readonly number: number;
  readonly url: string;
  readonly outcome: 'opened' | 'brought up to date';
}

/** Opens a pull request of a branch, or gives the open one this title and text. Throws what GitHub refuses. */
export async function keepPullRequest(github: GitHub, wanted: WantedPullRequest): Promise<KeptPullRequest> {
  const { rest, repository } = github;
  const { base, branch, title } = wanted;
  const text = { title, body: cutText(wanted.body) };
  const { data: open } = await rest.rest.pulls.list({
    ...repository,
    state: 'open',
    base,
    head: `${repository.owner}:${branch}`,
  });
  const [first] = open;
  if (first === undefined) {
    const { data } = await rest.rest.pulls.create({ ...repository, base, head: branch, ...text });
    return { number: data.number, url: data.html_url, outcome: 'opened' };
  }
  if (first.title !== text.title || (first.body ?? '') !== text.body)
    await rest.rest.pulls.update({ ...repository, pull_number: first.number, ...text });
  return { number: first.number, url: first.html_url, outcome: 'brought up to date' };
}

function cutText(body: string): string {
  if (body.length <= MOST_BODY_CHARACTERS) return body;
  const lastLine = body.lastIndexOf('\n', MOST_BODY_CHARACTERS);
  return body.slice(0, lastLine > 0 ? lastLine : MOST_BODY_CHARACTERS) + CUT;
}
