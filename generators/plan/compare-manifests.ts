import { compareLines } from './compare-lines.ts';
import type { ComponentChange, FileChange } from './plan.ts';

/** A file that differs between two sides; a side that has no such file is left out. */
export interface ChangedText {
  /** Below dist/, such as `prod/gateway/Deployment.gateway.yaml`. */
  readonly path: string;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

/** What differs below dist/, by environment (production first) and component; files by their path. */
export function compareManifests(
  changed: readonly ChangedText[],
  isProduction: (environment: string) => boolean,
): ComponentChange[] {
  const differing = changed.filter(({ before, after }) => before !== after);
  const byFolder = Map.groupBy(differing, ({ path }) => path.split('/').slice(0, -1).slice(0, 2).join('/'));
  return [...byFolder]
    .map(([folder, texts]) => {
      const [environment = '', component = ''] = folder.split('/');
      return { environment, component, files: texts.map(compareFile).toSorted((a, b) => inOrder(a.path, b.path)) };
    })
    .toSorted(
      (a, b) =>
        Number(isProduction(b.environment)) - Number(isProduction(a.environment)) ||
        inOrder(a.environment, b.environment) ||
        inOrder(a.component, b.component),
    );
}

function compareFile({ path, before, after }: ChangedText): FileChange {
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  return { path, kind, ...compareLines(before ?? '', after ?? '') };
}

/** By code points, so that no machine's language changes the order. */
function inOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
