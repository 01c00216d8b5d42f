import type { ResourceChange } from '../plan.ts';
import { listed } from '../print-text.ts';
import { kindOf } from './resource-kinds.ts';

/** `1 PostgreSQL server, 1 database and 2 settings of the PostgreSQL server`. */
export function contentsOf(resources: readonly ResourceChange[]): string {
  const types = Map.groupBy(resources, ({ type }) => type);
  return listed(
    [...types].map(([type, { length }]) => {
      const { noun, nouns } = kindOf(type);
      return `${length.toLocaleString('en-US')} ${length === 1 ? noun : nouns}`;
    }),
  );
}
