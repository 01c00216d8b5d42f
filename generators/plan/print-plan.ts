import { printAzure } from './azure/print-azure.ts';
import { printAzureValues } from './azure/print-azure-values.ts';
import { writeHeadline } from './write-headline.ts';
import type { ChartUpgrade } from './expand-charts.ts';
import type { EnvironmentChange, Plan, SpendForecast } from './plan.ts';
import { printCharts, printUnexpanded } from './print-charts.ts';
import { printEnvironment } from './print-environment.ts';
import { printDiffs, printOverview } from './print-manifests.ts';
import { printRisks, printRules } from './print-problems.ts';
import type { PlanSection } from './print-section.ts';
import { code, plain } from './print-text.ts';

export interface PrintedPlan {
  /** In the order in which they are read; what is cut from a long comment is cut from the end. */
  readonly sections: readonly PlanSection[];
  /** Nothing changes and nothing is wrong: the one section says so. */
  readonly isEmpty: boolean;
}

const ABBREVIATED = 10;

/**
 * The plan as Markdown, for people who have never seen Kubernetes. Whatever its names and values hold, they stay text:
 * they were written by whoever opened the pull request.
 */
export function printPlan(plan: Plan, { charts }: { charts?: readonly ChartUpgrade[] } = {}): PrintedPlan {
  const isEmpty = [plan.environments, plan.manifests, plan.azure, plan.risks, plan.problems].every(
    (list) => list.length === 0,
  );
  if (isEmpty) return { sections: [printHeadline(plan, 'Nothing changes in any environment.')], isEmpty };
  return {
    sections: [
      printHeadline(plan, plain(writeHeadline(plan))),
      ...plan.environments.flatMap(environmentSection),
      ...printRisks(plan.risks),
      ...printAzure(plan.azure),
      ...printOverview(plan.manifests, plan.environments),
      printRules(plan),
      ...printSpend(plan.spend),
      ...(charts === undefined ? printUnexpanded(plan.environments) : printCharts(charts)),
      ...printAzureValues(plan.azure),
      ...printDiffs(plan.manifests, plan.environments),
    ],
    isEmpty,
  };
}

function printHeadline({ base, head }: Plan, sentence: string): PlanSection {
  const compared = `Compared: ${code(shortened(base))} (before) with ${code(shortened(head))} (after).`;
  return { title: 'What this changes', markdown: `${sentence}\n\n${compared}` };
}

function shortened(commit: string): string {
  return /^[0-9a-f]{40,64}$/.test(commit) ? commit.slice(0, ABBREVIATED) : commit;
}

function environmentSection(change: EnvironmentChange): PlanSection[] {
  const markdown = printEnvironment(change);
  return markdown === '' ? [] : [{ title: `Environment ${code(change.name)}`, markdown }];
}

function printSpend(spend: SpendForecast | undefined): PlanSection[] {
  if (spend === undefined || spend.lines.length === 0) return [];
  return [
    { title: 'The last 30 days under this change', markdown: spend.lines.map((line) => `- ${plain(line)}`).join('\n') },
  ];
}
