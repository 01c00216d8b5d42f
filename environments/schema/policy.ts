import { z } from 'zod';
import { EnvironmentName } from './identifiers.ts';
import type { PolicyRule, Selector } from './policy-rules/policy-rule.ts';
import { POLICY_RULES, type RuleName } from './policy-rules/policy-rules.ts';

const Level = z.enum(['deny', 'warn', 'off']);

const Owner = z
  .string()
  .regex(
    /^(@[\w-]+(\/[\w.-]+)?|[^\s@]+@[^\s@]+\.[^\s@]+)$/,
    'write whom to ask: an address such as platform@example.com, or a handle such as @example/platform',
  );

const Text = z.string().min(1).max(300);

/** Excuses what it names until the end of a day (UTC). */
export interface Exception {
  readonly environment?: string | undefined;
  readonly team?: string | undefined;
  readonly key?: string | undefined;
  readonly model?: string | undefined;
  readonly owner: string;
  readonly until: string;
  readonly reason: string;
}

export interface RuleSettings {
  readonly level: z.infer<typeof Level>;
  readonly exceptions: readonly Exception[];
  /** Rules about a change alone. */
  readonly label?: string;
}

const ruleFields = Object.fromEntries(
  Object.entries<PolicyRule>(POLICY_RULES).map(([name, rule]) => [name, settingsOf(rule).optional()]),
) as unknown as Record<RuleName, z.ZodOptional<z.ZodType<RuleSettings>>>;

/** `environments/policy.yaml`: what every environment but local is held to. A rule that is left out is off. */
export const Policy = z.strictObject({
  production: z
    .array(EnvironmentName)
    .default(['prod'])
    .describe('The environments that the rules on production hold for.'),
  allowed_secrets: z
    .array(z.strictObject({ path: Text.describe('From the root; * and ** stand for any name.'), reason: Text }))
    .default([])
    .describe('Files with made-up credentials, such as fixtures of tests.'),
  ...ruleFields,
});
export type Policy = z.infer<typeof Policy>;

function settingsOf(rule: PolicyRule) {
  const label = rule.kind === 'change' ? { label: Text.default(rule.label).describe('Lifts the rule.') } : {};
  return z
    .strictObject({
      level: Level,
      ...rule.options,
      ...label,
      exceptions: z.array(exceptionBy(rule.exceptBy)).default([]),
    })
    .describe(rule.says);
}

function exceptionBy(selectors: readonly Selector[]) {
  const names = ['environment', ...selectors];
  const fields = Object.fromEntries(names.map((name) => [name, Text.optional()]));
  return z
    .strictObject({
      ...fields,
      owner: Owner,
      until: z.iso.date({ error: 'write the last day on which it holds, such as 2027-06-30' }),
      reason: Text,
    })
    .refine((exception) => names.some((name) => Object.hasOwn(exception, name)), {
      error: `name what it excuses: ${names.join(' or ')}`,
    });
}
