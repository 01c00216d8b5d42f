import type { Problem } from '../../environments/schema/parse-yaml.ts';
import type { Risk } from './plan.ts';
import type { PlanSection } from './print-section.ts';
import { code, counted, plain } from './print-text.ts';

const MOST_LINES = 50;

/** Sentences that a reviewer must not overlook, by environment. */
export function printRisks(risks: readonly Risk[]): PlanSection[] {
  if (risks.length === 0) return [];
  const lines = risks.map(({ environment, text }) =>
    environment === '' ? plain(text) : `${code(environment)}: ${plain(text)}`,
  );
  return [{ title: 'Look at this twice', markdown: bullets(lines) }];
}

/** What the change breaks of policy.yaml and of the files' own form: what refuses the merge first. */
export function printProblems(problems: readonly Problem[]): PlanSection[] {
  if (problems.length === 0) return [];
  const errors = problems.filter(({ level }) => level === 'error');
  const warnings = problems.filter(({ level }) => level === 'warning');
  return [
    {
      title: 'Rules and errors',
      markdown: [
        errors.length === 0
          ? ''
          : `**${counted(errors.length, 'thing')} must be fixed before the merge:**\n\n${bullets(errors.map(shownProblem))}`,
        warnings.length === 0
          ? ''
          : `${counted(warnings.length, 'warning')}, which ${warnings.length === 1 ? 'does' : 'do'} not stop the merge:\n\n${bullets(warnings.map(shownProblem))}`,
      ]
        .filter((text) => text !== '')
        .join('\n\n'),
    },
  ];
}

/** Rules that could not be looked at, and why. */
export function printNotEvaluated(notEvaluated: readonly string[]): PlanSection[] {
  if (notEvaluated.length === 0) return [];
  return [
    {
      title: 'Not looked at in full',
      markdown: `Of what these rules ask, something is not at hand:\n\n${bullets(notEvaluated.map(plain))}`,
    },
  ];
}

function shownProblem({ file, line, message }: Problem): string {
  return `${code(file)}, line ${line}: ${plain(message)}`;
}

function bullets(lines: readonly string[]): string {
  const left = lines.length - MOST_LINES;
  const more = left > 0 ? [`- and ${left.toLocaleString('en-US')} more`] : [];
  return [...lines.slice(0, MOST_LINES).map((line) => `- ${line}`), ...more].join('\n');
}
