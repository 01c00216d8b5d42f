import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Policy } from '../../environments/schema/policy.ts';
import type { PolicyRule } from '../../environments/schema/policy-rules/policy-rule.ts';
import { POLICY_RULES } from '../../environments/schema/policy-rules/policy-rules.ts';
import { readAuthoredFile } from '../../environments/schema/read-authored-file.ts';

const FOLDER = join(import.meta.dirname, '../../environments');
const RULES = Object.entries<PolicyRule>(POLICY_RULES);

function row([name, rule]: [string, PolicyRule]): string {
  const isProduction = rule.kind === 'state' && rule.scope === 'production';
  const kind = rule.kind === 'change' ? `label \`${rule.label}\`` : isProduction ? 'production' : '';
  return `| \`${name}\` | ${rule.says} | ${kind} |`;
}

describe('the rules of policy.yaml', () => {
  test('stand in environments/README.md as the code has them', () => {
    const readme = readFileSync(join(FOLDER, 'README.md'), 'utf8');
    const table = ['| rule | what it asks for | where, or what lifts it |', '| --- | --- | --- |', ...RULES.map(row)];

    expect(readme).toContain(`${table.join('\n')}\n`);
  });

  test('are all kept by this repository', () => {
    const { value } = readAuthoredFile(join(FOLDER, 'policy.yaml'), Policy);

    expect(RULES.filter(([name]) => !Object.hasOwn(value ?? {}, name))).toEqual([]);
  });
});
