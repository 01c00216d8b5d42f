import { MOST_FILES } from './compare-manifests.ts';
import type { ComponentChange, EnvironmentChange, FileChange } from './plan.ts';
import type { PlanSection } from './print-section.ts';
import { table } from './print-table.ts';
import { code, counted, fenced, htmlCode, listed } from './print-text.ts';

const MOST_DIFF_LINES = 300;

interface Part {
  readonly isWhat: string;
  /** How its files get to where they are used. */
  readonly comesBy: string;
}

const BY_ARGO_CD = 'Argo CD, soon after the merge';

/** What each component is for, to somebody who has not seen Kubernetes. */
const PARTS: Readonly<Record<string, Part>> = {
  argocd: { isWhat: 'what Argo CD looks after, and which versions of other software', comesBy: BY_ARGO_CD },
  coredns: {
    isWhat: 'how names are found inside the cluster',
    comesBy: 'whoever sets up the cluster; not by the merge',
  },
  gateway: { isWhat: 'the program that answers requests, with its models and keys', comesBy: BY_ARGO_CD },
  infra: { isWhat: 'what Azure is given', comesBy: 'the next deployment to Azure; not by the merge' },
  ingress: { isWhat: 'the host names that clients call', comesBy: BY_ARGO_CD },
  issuers: { isWhat: 'who signs certificates', comesBy: BY_ARGO_CD },
  monitoring: { isWhat: 'where numbers for alerts are read', comesBy: BY_ARGO_CD },
  namespaces: { isWhat: 'the compartments of the cluster', comesBy: BY_ARGO_CD },
  'network-policy': { isWhat: 'who may reach whom inside the cluster', comesBy: BY_ARGO_CD },
};

const WORDS =
  'What people write is turned into files that describe, one by one, what should run. After the merge a program called ' +
  'Argo CD brings most of them into the cluster: the machines that the gateway runs on.';

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
  return [
    {
      title: 'What is deployed',
      markdown: `${WORDS}\n\n${overview(components, removedEnvironments(environments))}${note}`,
    },
  ];
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

function removedEnvironments(environments: readonly EnvironmentChange[]): string[] {
  return environments.filter(({ kind }) => kind === 'removed').map(({ name }) => name);
}

function overview(components: readonly ComponentChange[], removed: readonly string[]): string {
  return table(components, [
    { title: 'Environment', cell: ({ environment }) => (environment === '' ? 'all' : code(environment)) },
    { title: 'Part', cell: ({ component }) => (component === '' ? '' : code(component)) },
    { title: 'What it is', cell: ({ component }) => PARTS[component]?.isWhat ?? '' },
    {
      title: 'Brought there by',
      cell: ({ environment, component }) =>
        removed.includes(environment) ? 'nothing: what runs stays as it is' : (PARTS[component]?.comesBy ?? ''),
    },
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
