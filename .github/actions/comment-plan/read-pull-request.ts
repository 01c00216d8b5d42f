import * as z from 'zod';
import type { Repository } from '../github/connect-to-github.ts';

export interface PullRequest {
  readonly number: number;
  readonly labels: readonly string[];
  /** Of a fork the token may only read, so that there can be no comment. */
  readonly isFork: boolean;
}

const Event = z.object({
  pull_request: z.object({
    number: z.int(),
    labels: z.array(z.object({ name: z.string() })),
    head: z.object({ repo: z.object({ full_name: z.string() }).nullable() }),
  }),
});

/** The pull request of the event. Throws where the event is of another kind. */
export function readPullRequest({ event, repository }: { event: unknown; repository: Repository }): PullRequest {
  const result = Event.safeParse(event);
  if (!result.success) throw new Error('this event is not of a pull request: run this on pull_request');
  const { number, labels, head } = result.data.pull_request;
  return {
    number,
    labels: labels.map(({ name }) => name),
    isFork: head.repo?.full_name !== `${repository.owner}/${repository.repo}`,
  };
}
