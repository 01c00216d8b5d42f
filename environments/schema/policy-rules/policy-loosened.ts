import { listAt, textAt, valueAt, type Path } from '../value-at.ts';
import { changeRule, type PolicyRule } from './policy-rule.ts';

const LEVELS = ['off', 'warn', 'deny'];

export const policyLoosened = changeRule({
  says: 'policy.yaml lets nothing more through: no lower level, no new exception, no wider list or limit.',
  needs: 'base',
  label: 'policy',
  exceptBy: [],
  options: {},
  evaluate: ({ policy, basePolicy, rules }) => {
    if (basePolicy?.value === undefined || policy.value === undefined) return [];
    const sides = { before: basePolicy.value, after: policy.value };
    const findings = [
      ...Object.entries(rules).flatMap(([name, rule]) => looserRule(sides, name, rule)),
      ...without(sides, ['production']).map((name) => told(['production'], `${String(name)} is no longer production`)),
      ...added(sides, ['allowed_secrets']).map((at) =>
        told(at, `secrets are let pass in ${textAt(policy.value, [...at, 'path'])}`),
      ),
    ];
    return findings.map(({ path, message }) => ({ problem: policy.locate(path, message) }));
  },
});

interface Sides {
  readonly before: unknown;
  readonly after: unknown;
}

interface Finding {
  readonly path: Path;
  readonly message: string;
}

function looserRule(sides: Sides, name: string, rule: PolicyRule): Finding[] {
  const [before, after] = [levelOf(sides.before, name), levelOf(sides.after, name)];
  if (before === 'off') return [];
  if (LEVELS.indexOf(after) < LEVELS.indexOf(before)) {
    return [told([name, 'level'], `the level of ${name} falls from ${before} to ${after}`)];
  }
  return [
    ...added(sides, [name, 'exceptions']).map((path) => told(path, `${name} gets an exception`)),
    ...Object.keys(rule.options).flatMap((option) => looserOption(sides, [name, option], rule.looser?.[option])),
    ...changedLabel(sides, [name, 'label']),
  ];
}

function looserOption(sides: Sides, path: Path, looser: 'more' | 'less' | undefined): Finding[] {
  const [before, after] = [valueAt(sides.before, path), valueAt(sides.after, path)];
  const name = String(path.at(-1));
  if (Array.isArray(after))
    return added(sides, path).map((at) => told(at, `${name} now has ${shown(valueAt(after, at.slice(-1)))}`));
  const isLooser = looser === 'more' ? Number(after) > Number(before) : Number(after) < Number(before);
  if (looser === undefined || !isLooser) return [];
  return [told(path, `${name} goes from ${String(before)} to ${String(after)}`)];
}

/** An entry of a list: a text, or the texts of one. */
function shown(entry: unknown): string {
  return typeof entry === 'object' && entry !== null ? Object.values(entry).join(' for ') : String(entry);
}

function changedLabel(sides: Sides, path: Path): Finding[] {
  const [before, after] = [valueAt(sides.before, path), valueAt(sides.after, path)];
  return before === after ? [] : [told(path, `another label lifts ${String(path[0])}: ${String(after)}`)];
}

/** Where the list of the head has what that of the base has not. */
function added({ before, after }: Sides, path: Path): Path[] {
  const known = new Set(listAt(before, path).map((entry) => JSON.stringify(entry)));
  return listAt(after, path).flatMap((entry, index) => (known.has(JSON.stringify(entry)) ? [] : [[...path, index]]));
}

function without({ before, after }: Sides, path: Path): unknown[] {
  return listAt(before, path).filter((entry) => !listAt(after, path).includes(entry));
}

function levelOf(policy: unknown, rule: string): string {
  return textAt(policy, [rule, 'level']) ?? 'off';
}

function told(path: Path, message: string): Finding {
  return { path, message };
}
