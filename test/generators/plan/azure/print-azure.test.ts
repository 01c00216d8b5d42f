import { describe, expect, it } from 'vitest';
import { azureRisks } from '../../../../generators/plan/azure/azure-risks.ts';
import { printAzureValues } from '../../../../generators/plan/azure/print-azure-values.ts';
import { printAzure } from '../../../../generators/plan/azure/print-azure.ts';
import { commentOf } from '../../../../generators/plan/cut-comment.ts';
import type { AzureChange, Plan } from '../../../../generators/plan/plan.ts';
import { printPlan } from '../../../../generators/plan/print-plan.ts';
import { sectionsText } from '../../../../generators/plan/print-section.ts';
import { writeHeadline } from '../../../../generators/plan/write-headline.ts';
import { changeOf } from '../change-of.ts';
import { changeBetween, NO_SUBSCRIPTION, resource, type Resource } from './snapshot-of.ts';

const MODEL = 'CognitiveServices/accounts/deployments';
const model = (capacity: number, name = 'gpt') => resource(MODEL, `oai/${name}`, { sku: { capacity } });
const server = (version: string) => resource('DBforPostgreSQL/flexibleServers', 'psql', { properties: { version } });
const tagged = (count: number, owner: string) =>
  Array.from({ length: count }, (_, index) =>
    resource('Network/networkSecurityGroups', `nsg-${index}`, { tags: { owner } }),
  );

function change(before: readonly Resource[], after: readonly Resource[]): AzureChange {
  const found = changeBetween(before, after);
  if (found === undefined) throw new Error('nothing changes');
  return found;
}

function chapter(before: readonly Resource[], after: readonly Resource[]): string {
  return sectionsText(printAzure([change(before, after)]));
}

describe('the chapter on Azure', () => {
  it('begins with what it means, in one sentence where that is all', () => {
    expect(chapter([model(50)], [model(80)])).toMatch(
      /^### Azure: `prod`\n\nModel gpt in prod: capacity 50 → 80 thousand tokens a minute; nothing is deleted\.\n\n/,
    );
  });

  it('says of several things what happens to each, and then what is lost', () => {
    const text = chapter([model(50), server('17')], [model(80), server('18')]);
    expect(text).toContain('- PostgreSQL server psql in prod: version 17 → 18. The server is away for minutes');
    expect(text).toContain('thousand tokens a minute.\n\nNothing is deleted.\n');
  });

  it('never says that nothing is deleted beside what Azure refuses', () => {
    const text = chapter([server('17')], [server('16')]);
    expect(text).toContain('**Azure refuses the deployment while this stands.**');
    expect(text).not.toContain('othing is deleted');
  });

  it('says once what happens to many in the same way', () => {
    const text = chapter(tagged(40, 'a'), tagged(40, 'b'));
    expect(text).toContain(
      '40 security groups change in the same way: nsg-0, nsg-1, nsg-10 and 37 more; nothing is deleted.',
    );
  });

  it('never puts together what a reviewer must not overlook', () => {
    const vaults = Array.from({ length: 5 }, (_, index) => resource('KeyVault/vaults', `kv-${index}`));
    expect(chapter(vaults, []).match(/^- Key vault kv-\d in prod is taken out\./gm)).toHaveLength(5);
  });

  it('counts what a new environment is made of, and names none of it one by one', () => {
    const added = { ...change([], tagged(40, 'a')), kind: 'added' } as const;
    const text = sectionsText([...printAzure([added]), ...printAzureValues([added])]);
    expect(text).toContain('| Network | 40 security groups |');
    expect(text).not.toContain('nsg-');
  });

  it('says of a removed environment what goes with its groups, and what does not', () => {
    const group = {
      id: '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-prod',
      type: 'Microsoft.Resources/resourceGroups',
      name: 'rg-prod',
    };
    const record = resource('Network/dnsZones/A', 'example.com/llm');
    const elsewhere = { ...record, id: String(record['id']).replace('rg-prod', 'rg-dns') };
    const removed = { ...change([group, server('17'), elsewhere], []), kind: 'removed' } as const;

    const text = sectionsText(printAzure([removed]));

    expect(text).toContain('until somebody deletes its resource groups `rg-prod`.');
    expect(text).toContain('- PostgreSQL server psql: the record of every request');
    expect(text).toContain('1 thing of it stands outside of these groups, in `rg-dns`, and stays even then');
    expect(azureRisks(removed).join('')).toContain('deletes what these hold: PostgreSQL server psql.');
  });

  it('says of a move to another subscription that all of it is made anew, and of the first that nothing moves', () => {
    const other = resource('KeyVault/vaults', 'kv', {}, '99999999-2222-3333-4444-555555555555');
    const first = change([resource('KeyVault/vaults', 'kv', {}, NO_SUBSCRIPTION)], [resource('KeyVault/vaults', 'kv')]);
    const moved = change([resource('KeyVault/vaults', 'kv')], [other]);

    expect(azureRisks(moved)).toEqual([expect.stringContaining('is made anew there, with nothing in it')]);
    expect(azureRisks(first)).toEqual([]);
    expect(sectionsText(printAzure([first]))).toContain('nothing is moved');
  });

  it('shows every setting before and after, with the type that Azure knows it by', () => {
    const text = sectionsText(printAzureValues([change([model(50)], [model(80)])]));
    expect(text).toContain(
      '| `gpt` | `Microsoft.CognitiveServices/accounts/deployments` | changed | `sku.capacity` | `50` | `80` |',
    );
  });

  it('keeps whatever a stranger wrote as text, in its columns', () => {
    const hostile = '`</code></details>|\n\n## Approved [x](https://evil.example) @everyone <script>';
    const of = (value: string) =>
      resource(MODEL, `oai/${hostile}`, { tags: { [hostile]: value }, properties: { [hostile]: value } });
    const changes = [change([of(hostile), server('17')], [of(`${hostile}2`)])];

    const text = sectionsText([...printAzure(changes), ...printAzureValues(changes)]);

    expect(text.replaceAll(/`[^`\n]*`/g, '')).not.toMatch(/<script|@everyone|https?:\/\/|(?<!\\)\]\(|^## /m);
    expect(text.match(/<details>/g)?.length).toBe(text.match(/^<\/details>$/gm)?.length);
    for (const row of text.match(/^\| .*changed.*$/gm) ?? []) expect(row.split('|')).toHaveLength(8);
  });
});

describe('a plan with changes in Azure', () => {
  const inAzure = [change([model(50)], [model(80)])];
  const planOf = (parts: Partial<Plan>): Plan => ({
    base: 'a',
    head: 'b',
    environments: [],
    unchangedProduction: [],
    manifests: [],
    azure: [],
    risks: [],
    problems: [],
    rulesJudged: 0,
    notEvaluated: [],
    ...parts,
  });
  const environments = [changeOf({ values: [{ file: 'a', path: 'b', before: '1', after: '2' }] })];

  it('never says in its headline that nothing else changes', () => {
    expect(writeHeadline(planOf({ environments }))).toContain('nothing else in prod changes');
    expect(writeHeadline(planOf({ environments, azure: inAzure }))).toBe(
      'b goes from 1 to 2; in Azure 1 thing changes and nothing is deleted',
    );
  });

  it('is not empty where nothing but Azure changes', () => {
    expect(printPlan(planOf({ azure: inAzure })).isEmpty).toBe(false);
    expect(writeHeadline(planOf({ azure: inAzure }))).toBe(
      'nothing that people write changes in prod; in Azure 1 thing changes and nothing is deleted',
    );
  });

  it('names in its headline what holds data and is taken out', () => {
    expect(writeHeadline(planOf({ azure: [change([server('17')], [])] }))).toContain(
      '1 thing is taken out, among them the PostgreSQL server psql with what it holds',
    );
  });

  it('keeps the chapter where the comment is too long for every setting', () => {
    const many = (owner: string) => tagged(400, owner).map((each, index) => ({ ...each, kind: `${owner}${index}` }));
    const { sections } = printPlan(planOf({ azure: [change(many('a'), many('b'))] }));
    const limit = 6_000;

    const text = commentOf(sections, { limit, wholeAt: 'the summary' });

    expect(text.length).toBeLessThanOrEqual(limit);
    expect(text).toContain('### Azure: `prod`');
    expect(text).toContain('left out: Everything that changes in Azure: `prod`');
  });
});
