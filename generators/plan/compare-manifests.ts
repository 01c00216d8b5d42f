import { compareLines, MOST_STEPS, type StepsLeft } from './compare-lines.ts';
import type { ComponentChange, FileChange } from './plan.ts';

/** A file that differs between two sides; a side that has no such file is left out. */
export interface ChangedText {
  /** Below dist/, such as `prod/gateway/Deployment.gateway.yaml`. */
  readonly path: string;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

/** Of a component; what is beyond is counted, and its lines are not compared. */
export const MOST_FILES = 60;

/**
 * What differs below dist/, by environment (production first) and component; files by their path. What costs most to
 * break is compared first, while there are steps left.
 */
export function compareManifests(
  changed: readonly ChangedText[],
  isProduction: (environment: string) => boolean,
  left: StepsLeft = { steps: MOST_STEPS },
): ComponentChange[] {
  const differing = changed.filter(({ before, after }) => before !== after);
  const byFolder = Map.groupBy(differing, ({ path }) => path.split('/').slice(0, -1).slice(0, 2).join('/'));
  return [...byFolder]
    .map(([folder, texts]) => {
      const [environment = '', component = ''] = folder.split('/');
      return { environment, component, texts: texts.toSorted((a, b) => inOrder(a.path, b.path)) };
    })
    .toSorted(
      (a, b) =>
        Number(isProduction(b.environment)) - Number(isProduction(a.environment)) ||
        inOrder(a.environment, b.environment) ||
        inOrder(a.component, b.component),
    )
    .map(({ texts, ...component }) => ({
      ...component,
      files: texts.map((text, index) => (index < MOST_FILES ? compareFile(text, left) : countFile(text))),
    }));
}

function compareFile(text: ChangedText, left: StepsLeft): FileChange {
  return { path: text.path, kind: kindOf(text), ...compareLines(text.before ?? '', text.after ?? '', left) };
}

function countFile(text: ChangedText): FileChange {
  return { ...compareFile(text, { steps: 0 }), diff: '' };
}

function kindOf({ before, after }: ChangedText): FileChange['kind'] {
  return before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
}

/** By code points, so that no machine's language changes the order. */
function inOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
