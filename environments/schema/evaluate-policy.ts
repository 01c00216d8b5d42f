import { applyExceptions } from './apply-exceptions.ts';
import { checkPolicy, NAMED_RULES } from './check-policy.ts';
import type { Problem } from './parse-yaml.ts';
import { brokenFiles, policyChange, type ChangeInput, type PolicyInput } from './policy-change.ts';
import type { Policy, RuleSettings } from './policy.ts';
import type { ChangeRule, PolicyChange, Violation } from './policy-rules/policy-rule.ts';
import type { RuleName } from './policy-rules/policy-rules.ts';
import { sortProblems } from './sort-problems.ts';

export interface PolicyVerdict {
  /** By file and line. */
  readonly problems: readonly Problem[];
  /** How many rules are on and were judged, be it only in part. */
  readonly judged: number;
  readonly notEvaluated: readonly NotEvaluated[];
}

/** A rule that is on but could not be judged in full. */
export interface NotEvaluated {
  readonly rule: string;
  /** What it was compared without, or why it was not judged at all. */
  readonly reason: string;
  /** It was judged by what is there. */
  readonly isInPart: boolean;
}

const NOTHING_JUDGED: PolicyVerdict = { problems: [], judged: 0, notEvaluated: [] };

/** Holds the head, and the change that leads to it, to every rule of `policy.yaml`. */
export function evaluatePolicy(input: PolicyInput): PolicyVerdict {
  const { policy, environments, now } = input;
  const rules = policy.value;
  if (rules === undefined) return NOTHING_JUDGED;
  const state = environments.flatMap((files) => checkPolicy(files, rules, now));
  const stateRules = NAMED_RULES.filter(([name, rule]) => rule.kind === 'state' && isOn(rules[name]));
  const { problems, judged, notEvaluated } = evaluateChange(input);
  return {
    problems: sortProblems([...state, ...problems]),
    judged: stateRules.length + judged,
    notEvaluated,
  };
}

/** The rules about a change alone: `loadEnvironments` has judged the rest. A `policy.yaml` with errors has no rules. */
export function evaluateChange(input: PolicyInput): PolicyVerdict {
  const { policy, now, change = {} } = input;
  const rules = policy.value;
  if (rules === undefined) return NOTHING_JUDGED;
  const sides = policyChange(input);
  const broken = brokenFiles(change);
  const problems: Problem[] = [];
  let judged = 0;
  const notEvaluated: NotEvaluated[] = [];
  for (const [name, rule] of NAMED_RULES) {
    const settings = settingsOf(name, rules, change.base?.policy?.value);
    if (rule.kind !== 'change' || !isOn(settings)) continue;
    const missing = whyNot(rule, change);
    if (missing !== undefined) {
      notEvaluated.push({ rule: name, reason: missing, isInPart: false });
      continue;
    }
    judged += 1;
    if (rule.needs === 'base' && broken.length > 0)
      notEvaluated.push({ rule: name, reason: leftOut(broken), isInPart: true });
    const found = violationsOf(rule, settings, sides, change.labels ?? []);
    problems.push(...applyExceptions(found, name, settings, now));
  }
  return { problems: sortProblems(problems), judged, notEvaluated };
}

function isOn(settings: RuleSettings | undefined): settings is RuleSettings {
  return settings !== undefined && settings.level !== 'off';
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
    const count = `${entries.length} ${entries.length === 1 ? 'rule' : 'rules'}`;
    const names = entries.map(({ rule }) => rule).join(', ');
    return entries.every(({ isInPart }) => isInPart)
      ? `${count} compared ${reason} (${names})`
      : `${count} not evaluated (${names}): ${reason}`;
  });
}

function whyNot({ needs }: ChangeRule, { base, changedPaths, labels }: ChangeInput): string | undefined {
  if (needs === 'base' && base === undefined) return 'there is nothing to compare with: give --base <commit>';
  if (needs === 'changed paths' && changedPaths === undefined)
    return 'the changed files are not known: give --base <commit>';
  return labels === undefined ? 'the labels of the pull request are not known: give --labels a,b' : undefined;
}

function leftOut(files: readonly string[]): string {
  return `without ${files.join(', ')} of the base, which ${files.length === 1 ? 'has' : 'have'} errors`;
}
