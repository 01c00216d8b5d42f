import { describe, expect, it } from 'vitest';
import type { EnvironmentChange, Plan } from '../../../generators/plan/plan.ts';
import { printPlan } from '../../../generators/plan/print-plan.ts';
import { sectionsText } from '../../../generators/plan/print-section.ts';
import { changeOf, limitsOf, planOf } from './change-of.ts';

const HOSTILE = [
  '`</code></details>`',
  '](https://evil.example)',
  '| x | y |',
  '\n\n## Approved by @security\n\n',
  '<script>alert(1)</script>',
  '<!-- tollgate-plan -->',
  '@everyone #1',
  '```\n```',
  '![x](http://evil.example/x.png)',
  '\u202ereversed\u0000',
  'x'.repeat(5_000),
  '*',
].join('');

describe('printPlan', () => {
  it('says in one sentence that nothing changes', () => {
    const { sections, isEmpty } = printPlan(planOf({}));
    expect(isEmpty).toBe(true);
    expect(sectionsText(sections)).toBe(
      '### What this changes\n\nNothing changes in any environment.\n\nCompared: `before` (before) with `after` (after).\n',
    );
  });

  it('has no section and no column without content', () => {
    const teams = [{ team: 'search', limits: bothOf({ maxBudget: 5, budgetDuration: '7d' }), ceiling: both(21.4286) }];
    const text = print({ environments: [changeOf({ teams })] });
    expect(text.match(/^### .*/gm)).toEqual(['### What this changes', '### Environment `prod`', '### Rules']);
    expect(text).toContain('| Team | What happens | Budget | Most in 30 days | Models |\n');
    expect(text).toContain('| `search` | changed | $5.00 every 7 days | $21.43 | all of the environment |');
  });

  it('shows limits before and after, blocks, and money as people write it', () => {
    const limits = {
      before: limitsOf({ maxBudget: 1_234.5, budgetDuration: '1mo', rpm: 600 }),
      after: limitsOf({ maxBudget: 0.0005, isBlocked: true }),
    };
    const expires = { before: '2027-01-01', after: undefined };
    const text = print({
      environments: [changeOf({ keys: [{ alias: 'a', team: 't', kind: 'changed', limits, expires }] })],
    });
    expect(text).toContain('**blocked**: refused from now on');
    expect(text).toContain('$1,234.50 a month → $0.0005 in all | 600 → no limit');
    expect(text).toContain('`2027-01-01` → never');
  });

  it('says of each part how it gets to where it is used', () => {
    const files = [{ path: 'a', kind: 'removed', diff: '', addedLines: 0, removedLines: 1 } as const];
    const manifests = ['gateway', 'infra', 'coredns'].map((component) => ({ environment: 'dev', component, files }));
    const shown = (kind: 'changed' | 'removed') =>
      print({ environments: [changeOf({ name: 'dev', kind })], manifests }).match(/^\| `dev` .*/gm);
    expect(shown('changed')?.map((row) => row.split(' | ')[3])).toEqual([
      'Argo CD, soon after the merge',
      'the next deployment to Azure; not by the merge',
      'whoever sets up the cluster; not by the merge',
    ]);
    expect(shown('removed')?.every((row) => row.includes('nothing: what runs stays as it is'))).toBe(true);
  });

  it('says when nothing is known, and what refuses the merge, before it shows lines', () => {
    const problem = { level: 'error', file: 'a.yaml', line: 3, column: 1, field: '', message: 'is wrong' } as const;
    const files = [
      {
        path: 'dev/gateway/Job.a.yaml',
        kind: 'changed',
        diff: '@@ -1,1 +1,1 @@\n-a\n+b',
        addedLines: 1,
        removedLines: 1,
      } as const,
    ];
    const text = print({
      environments: [changeOf({ isReadable: false })],
      problems: [{ ...problem, level: 'warning', message: 'is odd' }, problem],
      notEvaluated: ['1 rule not evaluated (budget_raise): no labels'],
      manifests: [{ environment: 'dev', component: 'gateway', files }],
      spend: { environment: 'prod', lines: ['prod: nothing'], refused: [], unjudged: [] },
    });
    expect(text.match(/^### .*/gm)).toEqual([
      '### What this changes',
      '### Environment `prod`',
      '### What is deployed',
      '### Rules and errors',
      '### The last 30 days under this change',
      '### Lines that change: `dev`, `gateway`',
    ]);
    expect(text.indexOf('is wrong')).toBeLessThan(text.indexOf('is odd'));
    expect(text).toContain(
      '\n20 rules of `environments/policy.yaml` were checked; 1 rule not evaluated (budget_raise): no labels.\n',
    );
    expect(text).toContain(
      '1 line added and 1 line removed</summary>\n\n```diff\n@@ -1,1 +1,1 @@\n-a\n+b\n```\n\n</details>',
    );
  });

  it('keeps whatever a stranger wrote as text', () => {
    const text = print(hostilePlan());
    const markup = [/<script/, /<!--/, /(?<!\\)\]\(/, /@(everyone|security)/, /#1/, /[\u202e\0]/, /https?:\/\//];
    expect(markup.filter((pattern) => pattern.test(withoutCode(text)))).toEqual([]);
    expect(withoutFences(text).match(/^##? /gm)).toBeNull();
    expect(text.match(/<details>/g)?.length).toBe(text.match(/^<\/details>$/gm)?.length);
    for (const row of withoutFences(text).match(/^\|.*/gm) ?? []) expect(row.length).toBeLessThan(2_000);
  });

  it('keeps every row of a table in its columns', () => {
    const tables = withoutFences(print(hostilePlan())).match(/(^\|.*\n)+/gm) ?? [];
    expect(tables.length).toBeGreaterThan(4);
    for (const table of tables) {
      const columns = table
        .trim()
        .split('\n')
        .map((row) => row.split('|').length);
      expect(new Set(columns).size).toBe(1);
    }
  });

  it('stays within bounds with a thousand of everything', () => {
    const many = Array.from({ length: 1_000 }, (_, index) => `name-${index}`);
    const change = changeOf({
      keys: many.map((alias) => ({
        alias,
        team: 't',
        kind: 'added',
        limits: { before: undefined, after: limitsOf() },
        expires: { before: undefined, after: undefined },
      })),
      values: many.map((path) => ({ file: 'environments/prod/environment.yaml', path, before: 'a', after: 'b' })),
      refused: many.map((key) => ({ team: 't', key, reason: 'is revoked' })),
    });
    const text = print({ environments: [change], risks: many.map((text) => ({ environment: 'prod', text })) });
    expect(text).toContain('900 more are not shown.');
    expect(text).toContain('- and 950 more');
    expect(text.length).toBeLessThan(50_000);
  });
});

function print(parts: Partial<Plan>): string {
  return sectionsText(printPlan(planOf(parts)).sections);
}

/** Every text of a plan is hostile at once. */
function hostilePlan(): Partial<Plan> {
  const name = HOSTILE;
  const limits = bothOf({ models: [name, name] });
  const change: EnvironmentChange = changeOf({
    name,
    models: [{ model: name, deployments: { before: [name], after: [name, name] }, prices: both([undefined]) }],
    azureDeployments: [{ name, model: { before: name, after: `${name}2` }, capacity: both(3) }],
    teams: [{ team: name, limits, ceiling: both(1) }],
    keys: [{ alias: name, team: name, kind: 'changed', limits, expires: { before: name, after: `${name}2` } }],
    access: [{ team: name, key: `${name}3`, model: name, kind: 'gains' }],
    refused: [{ team: name, key: name, reason: name }],
    perhapsRefused: [{ team: name, key: name, before: limitsOf(), after: limitsOf() }],
    values: [
      { file: name, path: name, before: name, after: `${name}2` },
      { file: name, path: 'charts.argocd.version', before: name, after: `${name}2` },
    ],
    ending: [{ alias: name, team: name, days: 3 }],
  });
  return {
    base: name,
    head: name,
    environments: [change, { ...change, kind: 'removed' }, { ...change, kind: 'added' }],
    manifests: [
      {
        environment: 'dev',
        component: name,
        files: [{ path: name, kind: 'changed', diff: `+${name}`, addedLines: 1, removedLines: 0 }],
      },
    ],
    risks: [{ environment: name, text: name }],
    problems: [{ level: 'error', file: name, line: 1, column: 1, field: name, message: name }],
    notEvaluated: [name],
    spend: { environment: name, lines: [name], refused: [], unjudged: [] },
  };
}

function both<T>(value: T): { before: T; after: T } {
  return { before: value, after: value };
}

function bothOf(parts: Parameters<typeof limitsOf>[0]) {
  return both(limitsOf(parts));
}

/** What GitHub reads as Markdown or HTML. */
function withoutCode(text: string): string {
  return withoutFences(text)
    .replaceAll(/`[^`\n]*`/g, '')
    .replaceAll(/<code>[^<\n]*<\/code>/g, '');
}

function withoutFences(text: string): string {
  return text.replaceAll(/^(`{3,}).*\n[^]*?^\1$/gm, '');
}
