import type { Problem } from './parse-yaml.ts';
import type { Exception, RuleSettings } from './policy.ts';
import type { Violation } from './policy-rules/policy-rule.ts';

const DAY_MS = 86_400_000;
const SELECTORS = ['environment', 'team', 'key', 'model'] as const;

/** What is left of a rule's findings under its exceptions, as problems of the rule's level. */
export function applyExceptions(
  violations: readonly Violation[],
  rule: string,
  { level, exceptions }: RuleSettings,
  now: Date,
): Problem[] {
  if (level === 'off') return [];
  const running = exceptions.filter((exception) => !hasEnded(exception, now));
  return violations
    .filter((violation) => !running.some((exception) => excuses(exception, violation)))
    .map(({ problem }) => ({
      ...problem,
      level: level === 'deny' ? 'error' : 'warning',
      message: `${problem.message} (policy ${rule})`,
    }));
}

/** Whether the last day of an exception (UTC) is over. */
export function hasEnded({ until }: Pick<Exception, 'until'>, now: Date): boolean {
  return now.getTime() >= Date.parse(until) + DAY_MS;
}

/** It excuses what has every name that it gives. */
function excuses(exception: Exception, violation: Violation): boolean {
  return SELECTORS.every((name) => exception[name] === undefined || exception[name] === violation[name]);
}
