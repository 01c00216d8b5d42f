import { formatProblem, type Problem } from '../environments/schema/parse-yaml.ts';

/** Prints problems one on a line, then ends the process with 1 if one of them is an error. */
export function reportProblems(problems: readonly Problem[]): void {
  for (const problem of problems) console.error(formatProblem(problem));
  if (problems.some(({ level }) => level === 'error')) process.exit(1);
}
