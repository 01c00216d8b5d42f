import type { ComponentChange, EnvironmentChange, FileChange } from './plan.ts';
import type { PlanSection } from './print-section.ts';
import { table } from './print-table.ts';
import { code, counted, fenced, htmlCode, listed } from './print-text.ts';

const MOST_DIFF_LINES = 300;
const MOST_FILES = 60;

/** What each component is for, to somebody who has not seen Kubernetes. */
const IN_WORDS: Readonly<Record<string, string>> = {
  argocd: 'what Argo CD, which brings merged files into the cluster, looks after',
  coredns: 'how names are found inside the cluster',
  gateway: 'the program that answers requests, with its models and keys',
  infra: 'alerts and dashboards in Azure',
  ingress: 'the host names that clients call',
  issuers: 'who signs certificates',
  monitoring: 'where numbers for alerts are read',
  namespaces: 'the compartments of the cluster',
  'network-policy': 'who may reach whom inside the cluster',
};

const WORDS =
  'What people write is turned into files that describe, one by one, what should run. Kubernetes, the system that runs ' +
  'the gateway, is given them after the merge.';

/** A table of all that differs below dist/. */
export function printOverview(
  components: readonly ComponentChange[],
  environments: readonly EnvironmentChange[],
): PlanSection[] {
  if (components.length === 0) return [];
  const whole = wholeEnvironments(environments).filter((name) =>
    components.some(({ environment }) => environment === name),
  );
  const note =
    whole.length === 0
      ? ''
      : `\n\nThe files of ${listed(whole.map(code))} are not shown line by line, since all of them are new or gone.`;
  return [{ title: 'What the cluster is given', markdown: `${WORDS}\n\n${overview(components)}${note}` }];
}

/** The folded diffs, one section for each component. They are long, and so come last. */
export function printDiffs(
  components: readonly ComponentChange[],
  environments: readonly EnvironmentChange[],
): PlanSection[] {
  const whole = wholeEnvironments(environments);
  return components.filter(({ environment }) => !whole.includes(environment)).map(printComponent);
}

function wholeEnvironments(environments: readonly EnvironmentChange[]): string[] {
  return environments.filter(({ kind }) => kind !== 'changed').map(({ name }) => name);
}

function overview(components: readonly ComponentChange[]): string {
  return table(components, [
    { title: 'Environment', cell: ({ environment }) => (environment === '' ? 'all' : code(environment)) },
    { title: 'Part', cell: ({ component }) => (component === '' ? '' : code(component)) },
    { title: 'What it is', cell: ({ component }) => IN_WORDS[component] ?? '' },
    ...(['added', 'changed', 'removed'] as const).map((kind) => ({
      title: `Files ${kind}`,
      cell: ({ files }: ComponentChange) => countOf(files, kind),
    })),
  ]);
}

function countOf(files: readonly FileChange[], kind: FileChange['kind']): string {
  const count = files.filter((file) => file.kind === kind).length;
  return count === 0 ? '' : count.toLocaleString('en-US');
}

function printComponent({ environment, component, files }: ComponentChange): PlanSection {
  const shown = files.slice(0, MOST_FILES).map(foldedDiff);
  const left = files.length - shown.length;
  const more = left > 0 ? [`${counted(left, 'more file')} of this part ${left === 1 ? 'is' : 'are'} not shown.`] : [];
  const where = environment === '' ? code('dist') : `${code(environment)}, ${code(component)}`;
  return { title: `Lines that change: ${where}`, markdown: [...shown, ...more].join('\n\n') };
}

/** Closed until somebody opens it. */
export function foldedDiff({ path, kind, diff, addedLines, removedLines }: FileChange): string {
  const counts = [
    ...(addedLines > 0 ? [`${counted(addedLines, 'line')} added`] : []),
    ...(removedLines > 0 ? [`${counted(removedLines, 'line')} removed`] : []),
  ];
  const what = kind === 'changed' ? listed(counts) : `${kind === 'added' ? 'new' : 'gone'}, ${listed(counts)}`;
  const summary = `<summary>${htmlCode(`dist/${path}`)}: ${what}</summary>`;
  return `<details>${summary}\n\n${fenced('diff', diff, MOST_DIFF_LINES)}\n\n</details>`;
}
