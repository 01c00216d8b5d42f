import { applyExceptions } from './apply-exceptions.ts';
import { checkExceptions, checkPolicy, NAMED_RULES } from './check-policy.ts';
import type { Problem } from './parse-yaml.ts';
import { brokenFiles, policyChange, type ChangeInput, type PolicyInput } from './policy-change.ts';
import type { Policy, RuleSettings } from './policy.ts';
import type { ChangeRule, PolicyChange, Violation } from './policy-rules/policy-rule.ts';
import type { RuleName } from './policy-rules/policy-rules.ts';
import { sortProblems } from './sort-problems.ts';

export interface PolicyVerdict {
  /** By file and line. */
  readonly problems: readonly Problem[];
  readonly notEvaluated: readonly NotEvaluated[];
}

/** A rule that is on but could not be judged. */
export interface NotEvaluated {
  readonly rule: string;
  readonly reason: string;
}

/** Holds the head, and the change that leads to it, to every rule of `policy.yaml`. */
export function evaluatePolicy(input: PolicyInput): PolicyVerdict {
  const { policy, environments, now } = input;
  const rules = policy.value;
  if (rules === undefined) return { problems: [], notEvaluated: [] };
  const state = environments.flatMap((files) => checkPolicy(files, rules, now));
  const { problems, notEvaluated } = evaluateChange(input);
  return { problems: sortProblems([...checkExceptions(policy, now), ...state, ...problems]), notEvaluated };
}

/** The rules about a change alone: `loadEnvironments` has judged the rest. A `policy.yaml` with errors has no rules. */
export function evaluateChange(input: PolicyInput): PolicyVerdict {
  const { policy, now, change = {} } = input;
  const rules = policy.value;
  if (rules === undefined) return { problems: [], notEvaluated: [] };
  const sides = policyChange(input);
  const broken = brokenFiles(change);
  const problems: Problem[] = [];
  const notEvaluated: NotEvaluated[] = [];
  for (const [name, rule] of NAMED_RULES) {
    const settings = settingsOf(name, rules, change.base?.policy?.value);
    if (rule.kind !== 'change' || settings === undefined || settings.level === 'off') continue;
    const missing = whyNot(rule, change);
    const reason = missing ?? (rule.needs === 'base' && broken.length > 0 ? leftOut(broken) : undefined);
    if (reason !== undefined) notEvaluated.push({ rule: name, reason });
    if (missing !== undefined) continue;
    const found = violationsOf(rule, settings, sides, change.labels ?? []);
    problems.push(...applyExceptions(found, name, settings, now));
  }
  return { problems: sortProblems(problems), notEvaluated };
}

function violationsOf(
  rule: ChangeRule,
  settings: RuleSettings,
  sides: PolicyChange,
  labels: readonly string[],
): Violation[] {
  const label = settings.label ?? rule.label;
  if (labels.includes(label)) return [];
  return rule.evaluate(sides, { ...settings }).map(({ problem, ...violation }) => ({
    ...violation,
    problem: { ...problem, message: `${problem.message}; where it is meant, add the label ${label}` },
  }));
}

/** A pull request cannot lift a rule that it is held to: what the base says wins, where it has the rule. */
function settingsOf(rule: RuleName, head: Policy, base: Policy | undefined): RuleSettings | undefined {
  const before = base?.[rule];
  return before === undefined || before.level === 'off' ? head[rule] : before;
}

/** One line for each reason, with every rule that it holds up. */
export function describeNotEvaluated(list: readonly NotEvaluated[]): string[] {
  const byReason = Map.groupBy(list, ({ reason }) => reason);
  return [...byReason].map(([reason, entries]) => {
    const names = entries.map(({ rule }) => rule).join(', ');
    return `${entries.length === 1 ? 'rule' : 'rules'} ${names}: ${reason}`;
  });
}

function whyNot({ needs }: ChangeRule, { base, changedPaths, labels }: ChangeInput): string | undefined {
  if (needs === 'base' && base === undefined) return 'there is nothing to compare with: give --base <commit>';
  if (needs === 'changed paths' && changedPaths === undefined)
    return 'the changed files are not known: give --base <commit>';
  return labels === undefined ? 'the labels of the pull request are not known: give --labels a,b' : undefined;
}

function leftOut(files: readonly string[]): string {
  return `${files.join(', ')} of the base ${files.length === 1 ? 'has' : 'have'} errors and ${files.length === 1 ? 'is' : 'are'} left out`;
}
