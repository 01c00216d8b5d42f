import { applyExceptions, hasEnded } from './apply-exceptions.ts';
import { LOCAL_ENVIRONMENT } from './check-settings.ts';
import type { EnvironmentFiles } from './environment-files.ts';
import type { ParsedFile, Problem } from './parse-yaml.ts';
import type { Policy } from './policy.ts';
import type { PolicyRule } from './policy-rules/policy-rule.ts';
import { POLICY_RULES, type RuleName } from './policy-rules/policy-rules.ts';
import { listAt } from './value-at.ts';

/** Every rule with its name, as one table of one type. */
export const NAMED_RULES = Object.entries(POLICY_RULES) as [RuleName, PolicyRule][];

/** Holds one environment to the rules on its state; `local` is free of them. Files with errors are left out. */
export function checkPolicy(files: EnvironmentFiles, policy: Policy, now: Date): Problem[] {
  if (files.name === LOCAL_ENVIRONMENT) return [];
  return NAMED_RULES.flatMap(([name, rule]) => {
    const settings = policy[name];
    if (rule.kind !== 'state' || settings === undefined) return [];
    if (rule.scope === 'production' && !policy.production.includes(files.name)) return [];
    const violations = rule.evaluate({ files, now }, { ...settings });
    const placed = violations.map((violation) => ({ environment: files.name, ...violation }));
    return applyExceptions(placed, name, settings, now);
  });
}

/** Whether a rule is on for an environment, be it only to warn. */
export function isHeldTo(policy: Policy | undefined, rule: RuleName, environment: string): boolean {
  return environment !== LOCAL_ENVIRONMENT && (policy?.[rule]?.level ?? 'off') !== 'off';
}

/** Warns of exceptions that have ended: from then on the rule holds again, and the line says nothing true. */
export function checkExceptions(file: ParsedFile<Policy>, now: Date): Problem[] {
  return NAMED_RULES.flatMap(([name]) =>
    (file.value?.[name]?.exceptions ?? []).flatMap((exception, index) => {
      if (!hasEnded(exception, now)) return [];
      const message = `this exception ended ${exception.until}: remove it, or agree on another day with ${exception.owner}`;
      return [file.locate([name, 'exceptions', index], message, 'warning')];
    }),
  );
}

/** Refuses a name in `production` that no environment has, since the rules on production would hold for nothing. */
export function checkProduction(file: ParsedFile<Policy>, environments: readonly string[]): Problem[] {
  return listAt(file.input, ['production']).flatMap((name, index) => {
    if (environments.includes(String(name))) return [];
    return [
      file.locate(['production', index], `there is no environment ${String(name)}: write ${environments.join(' or ')}`),
    ];
  });
}
