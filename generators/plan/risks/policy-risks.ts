import { POLICY_RULES } from '../../../environments/schema/policy-rules/policy-rules.ts';
import type { PolicyRule } from '../../../environments/schema/policy-rules/policy-rule.ts';

// policy.yaml on both sides: what holds people to less than before.

type Rule = Readonly<Record<string, unknown>>;

const LEVELS = ['off', 'warn', 'deny'];

/** Sentences about rules that were loosened, and exceptions that were made. Values that are no policy say nothing. */
export function policyRisks(before: unknown, after: unknown): string[] {
  if (!isRecord(before)) return [];
  if (!isRecord(after)) return ['policy.yaml is gone or cannot be read: nothing is held to a rule.'];
  return Object.entries(before).flatMap(([name, rule]) =>
    isRecord(rule) ? loosened(name, rule, isRecord(after[name]) ? after[name] : {}) : [],
  );
}

function loosened(name: string, before: Rule, after: Rule): string[] {
  const said = saidOf(name);
  const [oldLevel, newLevel] = [levelOf(before), levelOf(after)];
  if (oldLevel > 0 && newLevel === 0) return [`${said} is switched off.`];
  return [
    ...(newLevel < oldLevel ? [`${said} only warns from now on, where it refused before.`] : []),
    ...Object.entries(before).flatMap(([field, value]) => loosenedField({ name, field }, value, after[field])),
    ...Object.keys(after)
      .filter((field) => !(field in before))
      .flatMap((field) => loosenedField({ name, field }, [], after[field])),
  ];
}

function levelOf({ level }: Rule): number {
  return Math.max(0, LEVELS.indexOf(String(level)));
}

function loosenedField({ name, field }: { name: string; field: string }, before: unknown, after: unknown): string[] {
  const said = saidOf(name);
  if (typeof before === 'number' && typeof after === 'number')
    return isLooser(name, field, after - before)
      ? [`${said} is loosened: ${field} goes from ${before} to ${after}.`]
      : [];
  if (!Array.isArray(before) || !Array.isArray(after)) return [];
  const known = new Set(before.map((item) => JSON.stringify(item)));
  const added = after.filter((item) => !known.has(JSON.stringify(item)));
  return added.map((item) =>
    isRecord(item) ? `${said} gets an exception: ${shown(item)}.` : `${said} allows ${String(item)} too (${field}).`,
  );
}

/** The rules themselves say which way each of their numbers loosens them. */
function isLooser(name: string, field: string, difference: number): boolean {
  const rules: Readonly<Record<string, PolicyRule | undefined>> = POLICY_RULES;
  const looser = rules[name]?.looser?.[field];
  return looser === 'more' ? difference > 0 : looser === 'less' && difference < 0;
}

function saidOf(name: string): string {
  return `Rule ${name} of policy.yaml`;
}

function shown(exception: Rule): string {
  return Object.entries(exception)
    .map(([name, value]) => `${name.replaceAll('_', ' ')} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}

function isRecord(value: unknown): value is Rule {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
