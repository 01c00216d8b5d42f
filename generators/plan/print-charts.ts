import type { ChartUpgrade } from './expand-charts.ts';
import type { EnvironmentChange } from './plan.ts';
import { foldedDiff } from './print-manifests.ts';
import type { PlanSection } from './print-section.ts';
import { code, counted, plain } from './print-text.ts';

const TITLE = 'Upgrades of other software';
const WORDS =
  'A chart is software of others in a package. What its new version changes in the cluster, with the settings of this repository:';
const UNEXPANDED =
  'A chart is software of others in a package. What these bring into the cluster is not shown here, since it needs Helm ' +
  'and their registries: `npm run plan -- --charts` shows it on your machine.';
const MOST_OBJECTS = 60;

/** A line for each chart whose version changes, where nobody asked to expand them. */
export function printUnexpanded(environments: readonly EnvironmentChange[]): PlanSection[] {
  const lines = environments.flatMap(({ name, values }) =>
    values.flatMap(({ path, before, after }) => {
      const chart = /^charts\.(\w+)\.version$/.exec(path)?.[1];
      if (chart === undefined || before === undefined || after === undefined) return [];
      return [`- ${code(chart)} in ${code(name)}, ${code(before)} → ${code(after)}`];
    }),
  );
  return lines.length === 0 ? [] : [{ title: TITLE, markdown: `${UNEXPANDED}\n\n${lines.join('\n')}` }];
}

/** What the new versions of charts put into the cluster that the old ones did not. */
export function printCharts(upgrades: readonly ChartUpgrade[]): PlanSection[] {
  if (upgrades.length === 0) return [];
  return [{ title: TITLE, markdown: [WORDS, ...upgrades.map(printUpgrade)].join('\n\n') }];
}

function printUpgrade({ environment, name, version, result }: ChartUpgrade): string {
  const title = `**${code(name)}** in ${code(environment)}, ${code(version.before)} → ${code(version.after)}`;
  if (result.kind === 'not expanded') return `${title}: not expanded, since ${plain(result.reason)}.`;
  if (result.files.length === 0) return `${title}: nothing in the cluster changes.`;
  const shown = result.files.slice(0, MOST_OBJECTS).map(foldedDiff);
  const left = result.files.length - shown.length;
  const more = left > 0 ? [`${counted(left, 'more object')} changed and not shown.`] : [];
  return [`${title}: ${counted(result.files.length, 'object')} changed.`, ...shown, ...more].join('\n\n');
}
