import { listChanges } from '../../../generators/plan/list-changes.ts';
import type { Plan } from '../../../generators/plan/plan.ts';

/** What decides which mistakes there are. */
const JUDGES = ['environments/schema/', 'generators/'];

export interface Verdict {
  readonly level: 'none' | 'warning' | 'failure';
  readonly text: string;
}

/**
 * Whether the plan's errors hold the pull request up. Here the base's rules judge, which a pull request cannot change.
 * One that does change them may know more than the base, such as a new key: it is warned, and its own check decides.
 */
export function judgePlan(root: string, { base, head, problems }: Plan): Verdict {
  const count = problems.filter(({ level }) => level === 'error').length;
  if (count === 0) return { level: 'none', text: '' };
  const things = count === 1 ? '1 thing' : `${count} things`;
  const own = listChanges(root, { base, head }).find(({ path }) => JUDGES.some((folder) => path.startsWith(folder)));
  if (own === undefined)
    return {
      level: 'failure',
      text: `${things} must be fixed before the merge: the marks on the files and the summary of this run say what`,
    };
  return {
    level: 'warning',
    text: `${things} would be wrong by the rules of the base. This pull request changes the rules (${own.path}): the job check decides by its own, and the review decides on them`,
  };
}
