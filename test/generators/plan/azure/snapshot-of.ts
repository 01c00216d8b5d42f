import { compareAzure } from '../../../../generators/plan/azure/compare-azure.ts';
import type { AzureChange, ResourceChange } from '../../../../generators/plan/plan.ts';

/** A subscription that somebody has. */
export const SUBSCRIPTION = '11111111-2222-3333-4444-555555555555';
/** What stands where nobody has one yet. */
export const NO_SUBSCRIPTION = '00000000-0000-0000-0000-000000000000';

export type Resource = Readonly<Record<string, unknown>>;

/** A resource in `rg-prod`: `type` without `Microsoft.`, and all names of the path to it. */
export function resource(type: string, name: string, rest: Resource = {}, subscription = SUBSCRIPTION): Resource {
  const [provider = '', ...types] = `Microsoft.${type}`.split('/');
  const names = name.split('/');
  const path = types.map((each, index) => `${each}/${names[index]}`).join('/');
  return {
    id: `/subscriptions/${subscription}/resourceGroups/rg-prod/providers/${provider}/${path}`,
    type: `Microsoft.${type}`,
    name,
    ...rest,
  };
}

/** What changes in prod between two snapshots; undefined where nothing does. */
export function changeBetween(before: readonly Resource[], after: readonly Resource[]): AzureChange | undefined {
  const side = (resources: readonly Resource[]) => new Map([['prod/infra/resources.json', JSON.stringify(resources)]]);
  return compareAzure({ before: side(before), after: side(after) }, () => true)[0];
}

/** The one resource that changes between two. Throws where it is not one. */
export function onlyChange(before: readonly Resource[], after: readonly Resource[]): ResourceChange {
  const [only, ...others] = changeBetween(before, after)?.resources ?? [];
  if (only === undefined || others.length > 0) throw new Error(`${others.length + (only ? 1 : 0)} resources change`);
  return only;
}
