import { expandCharts, type ChartUpgrade } from '../../../generators/plan/expand-charts.ts';
import { readSides, type SidesWanted } from '../../../generators/plan/read-side.ts';

/** Nobody waits longer for a plan because a chart's registry is out of reach. */
const HELM_TIMEOUT_MS = 30_000;

/** What the upgraded charts of others would change, as far as helm and their makers' registries can be reached. */
export function expandUpgrades(
  root: string,
  wanted: SidesWanted,
  searchPath: string | undefined,
): Promise<ChartUpgrade[]> {
  const { base, head } = readSides(root, wanted);
  const paths = new Set([...base.manifests.keys(), ...head.manifests.keys()]);
  const texts = [...paths].map((path) => ({ path, before: base.manifests.get(path), after: head.manifests.get(path) }));
  const changed = texts.filter(({ before, after }) => before !== after);
  return expandCharts(changed, { searchPath, timeoutMs: HELM_TIMEOUT_MS });
}
