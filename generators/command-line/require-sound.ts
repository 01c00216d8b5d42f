import { formatProblem, type Problem } from '../../environments/schema/parse-yaml.ts';
import { Refusal } from './refusal.ts';

/** Throws a Refusal where the file has errors of its own, since an edit of it could not be placed. */
export function requireSound({ problems }: { problems: readonly Problem[] }): void {
  const errors = problems.filter(({ level }) => level === 'error');
  if (errors.length > 0)
    throw new Refusal(['mend the file first:', ...errors.map(formatProblem)].join('\n'), { problems: errors });
}
