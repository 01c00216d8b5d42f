import { commentOf } from '../../../generators/plan/cut-comment.ts';
import { planOf } from '../../../generators/plan/make-plan.ts';
import { printPlan } from '../../../generators/plan/print-plan.ts';
import { readSides } from '../../../generators/plan/read-side.ts';
import type { GitHub } from '../github/connect-to-github.ts';
import { keepStickyComment, type CommentOutcome } from '../github/sticky-comment.ts';
import { writeAnnotations } from '../github/write-annotations.ts';
import { writeJobSummary } from '../github/write-job-summary.ts';
import { judgePlan, type Verdict } from './judge-plan.ts';
import { addSpendOrWarn, type SpendAddress } from './add-spend-or-warn.ts';
import type { PullRequest } from './read-pull-request.ts';

const MARKER = '<!-- tollgate-plan -->';
const ONCE_EMPTY =
  'This pull request changed an environment before. As it is now, nothing changes in any environment.\n';
/** UTF-16 units. The summary is measured in bytes when it is written. */
const SUMMARY_LIMIT = 1_000_000;

export interface WantedPlan {
  readonly github: GitHub;
  /** A clone with both commits in it. */
  readonly root: string;
  readonly base: string;
  readonly head: string;
  readonly pullRequest: PullRequest;
  readonly runUrl: string;
  readonly now: Date;
  readonly spend?: SpendAddress;
}

/**
 * Plans the pull request and says so: marks on files, the whole on the run's page, and what fits as a comment. Gives
 * what became of the comment, and whether the pull request may be merged.
 */
export async function run(wanted: WantedPlan): Promise<{ comment: CommentOutcome; verdict: Verdict }> {
  const { github, root, base, head, pullRequest, runUrl, now } = wanted;
  const sides = readSides(root, { base, head, now });
  const plan = await addSpendOrWarn(planOf(sides, { now, labels: pullRequest.labels }), sides, wanted);
  const { sections, isEmpty } = printPlan(plan);

  writeAnnotations(plan.problems, 'the summary of this run has all of them');
  await writeJobSummary(commentOf(sections, { limit: SUMMARY_LIMIT, wholeAt: 'what `npm run plan` prints' }));
  const verdict = judgePlan(root, plan);
  if (pullRequest.isFork) return { comment: 'none', verdict };
  const comment = await keepStickyComment(github, {
    pullNumber: pullRequest.number,
    marker: MARKER,
    body: isEmpty ? undefined : commentOf(sections, { wholeAt: `[the summary of this run](${runUrl})` }),
    bodyOnceEmpty: ONCE_EMPTY,
  });
  return { comment, verdict };
}
