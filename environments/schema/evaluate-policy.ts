import { dirname, join } from 'node:path';
import { applyExceptions } from './apply-exceptions.ts';
import { checkPolicy, checkExceptions, NAMED_RULES } from './check-policy.ts';
import { LOCAL_ENVIRONMENT } from './check-settings.ts';
import type { EnvironmentFiles } from './environment-files.ts';
import type { ParsedFile, Problem } from './parse-yaml.ts';
import type { Policy, RuleSettings } from './policy.ts';
import type { ChangeRule, EnvironmentSides, PolicyChange } from './policy-rules/policy-rule.ts';
import { POLICY_RULES, type RuleName } from './policy-rules/policy-rules.ts';
import { sortProblems } from './sort-problems.ts';

export interface PolicyInput {
  readonly policy: ParsedFile<Policy>;
  /** Of the head: those of which something changed, at least. */
  readonly environments: readonly EnvironmentFiles[];
  readonly now: Date;
  readonly change?: ChangeInput;
}

/** What a pull request says about itself; rules that need what is left out are not evaluated. */
export interface ChangeInput {
  readonly base?: { readonly environments: readonly EnvironmentFiles[]; readonly policy?: ParsedFile<Policy> };
  /** From the repository's root. */
  readonly changedPaths?: readonly string[];
  readonly labels?: readonly string[];
}

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
  const problems: Problem[] = [];
  const notEvaluated: NotEvaluated[] = [];
  for (const [name, rule] of NAMED_RULES) {
    const settings = settingsOf(name, rules, change.base?.policy?.value);
    if (rule.kind !== 'change' || settings === undefined || settings.level === 'off') continue;
    const label = settings.label ?? rule.label;
    const reason = whyNot(rule, change);
    if (reason !== undefined) notEvaluated.push({ rule: name, reason });
    if (reason !== undefined || change.labels?.includes(label)) continue;
    const fixed = rule.evaluate(sides, { ...settings }).map(({ problem, ...violation }) => ({
      ...violation,
      problem: { ...problem, message: `${problem.message}; where it is meant, add the label ${label}` },
    }));
    problems.push(...applyExceptions(fixed, name, settings, now));
  }
  return { problems: sortProblems(problems), notEvaluated };
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

function policyChange({ policy, environments: head, now, change = {} }: PolicyInput): PolicyChange {
  const { base, changedPaths = [] } = change;
  const before = base?.environments ?? [];
  const production = new Set([policy, base?.policy].flatMap((file) => file?.value?.production ?? []));
  const names = new Set([...before, ...head].map(({ name }) => name).filter((name) => name !== LOCAL_ENVIRONMENT));
  const environments = [...names].toSorted().map((name): EnvironmentSides => ({
    name,
    isProduction: production.has(name),
    base: before.find((files) => files.name === name),
    head: head.find((files) => files.name === name),
    folder: join(dirname(policy.file), name),
  }));
  return { environments, production, now, changedPaths, policy, basePolicy: base?.policy, rules: POLICY_RULES };
}
