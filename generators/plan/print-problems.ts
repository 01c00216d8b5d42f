import type { Problem } from '../../environments/schema/parse-yaml.ts';
import type { Plan, Risk } from './plan.ts';
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

/** What the change breaks of policy.yaml and of the files' own form, and how many rules it was held to. */
export function printRules({ problems, rulesJudged, notEvaluated }: Rules): PlanSection {
  const errors = problems.filter(({ level }) => level === 'error');
  const warnings = problems.filter(({ level }) => level === 'warning');
  const parts = [
    errors.length === 0
      ? ''
      : `**${counted(errors.length, 'thing')} must be fixed before the merge:**\n\n${bullets(errors.map(shownProblem))}`,
    warnings.length === 0
      ? ''
      : `${counted(warnings.length, 'warning')}, which ${warnings.length === 1 ? 'does' : 'do'} not stop the merge:\n\n${bullets(warnings.map(shownProblem))}`,
    checkedLine({ problems, rulesJudged, notEvaluated }),
  ];
  return {
    title: problems.length === 0 ? 'Rules' : 'Rules and errors',
    markdown: parts.filter((text) => text !== '').join('\n\n'),
  };
}

type Rules = Pick<Plan, 'problems' | 'rulesJudged' | 'notEvaluated'>;

function checkedLine({ problems, rulesJudged, notEvaluated }: Rules): string {
  const count = rulesJudged === 0 ? 'No rule' : counted(rulesJudged, 'rule');
  const checked = `${count} of ${code('environments/policy.yaml')} ${rulesJudged < 2 ? 'was' : 'were'} checked`;
  const isKept = rulesJudged > 0 && problems.length === 0;
  return [checked, ...(isKept ? ['this change breaks none'] : []), ...notEvaluated.map(plain)].join('; ').concat('.');
}

function shownProblem({ file, line, message }: Problem): string {
  return `${code(file)}, line ${line}: ${plain(message)}`;
}

function bullets(lines: readonly string[]): string {
  const left = lines.length - MOST_LINES;
  const more = left > 0 ? [`- and ${left.toLocaleString('en-US')} more`] : [];
  return [...lines.slice(0, MOST_LINES).map((line) => `- ${line}`), ...more].join('\n');
}
