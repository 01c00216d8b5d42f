import type { AzureChange, AzureValueChange, ResourceChange } from '../plan.ts';
import type { PlanSection } from '../print-section.ts';
import { table } from '../print-table.ts';
import { code, counted } from '../print-text.ts';
import { shownValue } from './flatten-resource.ts';
import { kindOf } from './resource-kinds.ts';
import { shortenIds } from './shorten-ids.ts';

interface Row {
  readonly resource: ResourceChange;
  readonly value?: AzureValueChange;
}

/** Every setting before and after, folded by what it belongs to; they are long, and so come late. */
export function printAzureValues(changes: readonly AzureChange[]): PlanSection[] {
  return changes.filter(({ kind, resources }) => kind === 'changed' && resources.length > 0).map(printValues);
}

function printValues({ environment, resources }: AzureChange): PlanSection {
  const families = Map.groupBy(resources, ({ type }) => kindOf(type).family);
  const folded = [...families].map(
    ([family, group]) =>
      `<details><summary>${family}: ${counted(group.length, 'thing')}</summary>\n\n${valueTable(group)}\n\n</details>`,
  );
  return { title: `Everything that changes in Azure: ${code(environment)}`, markdown: folded.join('\n\n') };
}

function valueTable(resources: readonly ResourceChange[]): string {
  const rows = resources.flatMap((resource): Row[] =>
    resource.values.length === 0 ? [{ resource }] : resource.values.map((value) => ({ resource, value })),
  );
  return table(rows, [
    { title: 'Name', cell: ({ resource }) => code(resource.name) },
    { title: 'Type', cell: ({ resource }) => code(resource.type) },
    { title: 'What happens', cell: ({ resource }) => (resource.isRefused ? '**refused**' : HAPPENS[resource.kind]) },
    { title: 'Setting', cell: ({ value }) => (value === undefined ? '' : code(shortenIds(value.path))) },
    { title: 'Before', cell: ({ value }) => shown(value, 'before') },
    { title: 'After', cell: ({ value }) => shown(value, 'after') },
  ]);
}

const HAPPENS = { added: 'new', changed: 'changed', removed: '**taken out**' } as const;

function shown(value: AzureValueChange | undefined, side: 'before' | 'after'): string {
  if (value === undefined) return '';
  const text = value[side];
  if (text === undefined) return 'not set';
  const [before, after] = [value.before ?? '', value.after ?? ''].map((each) => shortenIds(each));
  // Ids that differ in nothing but what is left out of them are shown whole.
  return code(shownValue(before === after ? text : shortenIds(text)));
}
