import { redactSecrets } from '../../environments/schema/find-secrets.ts';
import { Refusal } from './refusal.ts';

/** GitHub shows ten in a step and drops the rest without a word. */
const MOST_ANNOTATIONS = 9;

/**
 * Says why a command does not do what was asked, and has the process end with 1. On GitHub's runner, which says so in a
 * variable, it stands on the page of the run, and on the lines of files that are to blame.
 */
export function reportRefusal(error: Error, { GITHUB_ACTIONS: isOnGitHub }: NodeJS.ProcessEnv): void {
  process.exitCode = 1;
  const lines = isOnGitHub === 'true' ? annotationsOf(error) : [error.message];
  for (const line of lines) console.error(redactSecrets(line));
}

function annotationsOf(error: Error): string[] {
  const problems = error instanceof Refusal ? error.problems : [];
  if (problems.length === 0) return [annotation('', error.message)];
  const marks = problems.slice(0, MOST_ANNOTATIONS).map(({ file, line, column, message }) => {
    return annotation(` file=${property(file)},line=${line},col=${column}`, message);
  });
  // The message has all of them.
  return [error.message, ...marks];
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands */
function annotation(place: string, message: string): string {
  return `::error${place}::${escaped(message)}`;
}

function property(text: string): string {
  return escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
